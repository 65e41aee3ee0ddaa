package dev.pigeonhole.local.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pigeonhole.core.ConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
    @TempDir
    Path folder;

    private static ModelFile sample() {
        Map<String, String> card = new LinkedHashMap<>();
        card.put("seed", "1");
        card.put("category.1.name", "Größe = \"L\"\n\\ \u202e 😀");
        Map<String, Object> arrays = new LinkedHashMap<>();
        arrays.put("keys", new long[] {1, -1, Long.MIN_VALUE});
        arrays.put("weights", new float[] {0.5f, Float.NaN, -0f});
        arrays.put("ends", new int[] {3, 1 << 30});
        arrays.put("slopes", new double[] {Math.PI});
        arrays.put("names", "ab".getBytes(StandardCharsets.UTF_8));
        arrays.put("none", new float[0]);
        return ModelFile.of(new Card(card), arrays);
    }

    private Path saved() {
        Path file = folder.resolve("model.pgn");
        sample().save(file);
        return file;
    }

    private static void assertRefused(Path file, String... says) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ModelFile.load(file))
                .withMessageStartingWith("model file " + file + ": ")
                .satisfies(
                        e -> assertThat(says).allSatisfy(part -> assertThat(e).hasMessageContaining(part)))
                .satisfies(
                        e -> assertThat(e.getMessage()).containsAnyOf("train again", "train makes one", "train has"));
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> ModelFile.card(file));
    }

    private Path written(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("other.pgn"), bytes);
    }

    @Test
    void whatWasSavedIsLoaded() {
        Path file = folder.resolve("model.pgn");
        String sha256 = sample().save(file);
        ModelFile.Loaded loaded = ModelFile.load(file);
        ModelFile content = loaded.content();
        assertThat(loaded.sha256()).isEqualTo(sha256).hasSize(64);
        assertThat(content.card()).isEqualTo(sample().card()).isEqualTo(ModelFile.card(file));
        assertThat(content.names()).containsExactlyElementsOf(sample().names());
        assertThat(content.longs("keys")).isEqualTo(sample().longs("keys"));
        assertThat(content.floats("weights")).isEqualTo(sample().floats("weights"));
        assertThat(content.ints("ends")).isEqualTo(sample().ints("ends"));
        assertThat(content.doubles("slopes")).isEqualTo(sample().doubles("slopes"));
        assertThat(content.bytes("names")).isEqualTo(sample().bytes("names"));
        assertThat(content.floats("none")).isEmpty();
    }

    @Test
    void arraysLargerThanAllBuffersComeBackWhole() {
        Random random = new Random(7);
        float[] floats = new float[100_003];
        long[] longs = random.longs(50_001).toArray();
        byte[] bytes = new byte[200_001];
        random.nextBytes(bytes);
        for (int i = 0; i < floats.length; i++) {
            floats[i] = random.nextFloat();
        }
        Path file = folder.resolve("large.pgn");
        ModelFile.of(new Card(Map.of("a", "b")), Map.of("bytes", bytes, "floats", floats, "longs", longs))
                .save(file);
        ModelFile content = ModelFile.load(file).content();
        assertThat(content.floats("floats")).isEqualTo(floats);
        assertThat(content.longs("longs")).isEqualTo(longs);
        assertThat(content.bytes("bytes")).isEqualTo(bytes);
    }

    @Test
    void theSameContentIsTheSameFile() throws IOException {
        byte[] first = Files.readAllBytes(saved());
        assertThat(Files.readAllBytes(saved())).isEqualTo(first);
        assertThat(folder).isDirectoryContaining(file -> true);
        assertThat(folder.toFile().list()).containsExactly("model.pgn");
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        Path file = saved();
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void peopleCanReadTheCard() throws IOException {
        assertThat(new String(Files.readAllBytes(saved()), StandardCharsets.UTF_8))
                .contains("seed=1\ncategory.1.name=Größe = \"L\"\\n\\\\ \\u202e 😀\n");
    }

    @Test
    void aBitChangedAnywhereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(saved());
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) (1 << bit);
                assertRefused(written(changed), "damaged");
            }
        }
    }

    @Test
    void aByteSetToAnyExtremeIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(saved());
        for (int at = 0; at < whole.length; at++) {
            for (byte value : new byte[] {0, 0x7f, -1}) {
                byte[] changed = whole.clone();
                changed[at] = value;
                if (!Arrays.equals(changed, whole)) {
                    assertRefused(written(changed), "damaged");
                }
            }
        }
    }

    @Test
    void aFileCutShortAnywhereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(saved());
        for (int length = 0; length < whole.length; length++) {
            assertRefused(written(Arrays.copyOf(whole, length)));
        }
        assertRefused(written(Arrays.copyOf(whole, whole.length - 1)), "cut short", "" + whole.length);
    }

    @Test
    void aFileWithSomethingBehindItIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(saved());
        assertRefused(written(Arrays.copyOf(whole, whole.length + 1)), "damaged");
    }

    /** Where all checksums are right, or made right, the sizes must still fit. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, Integer.MAX_VALUE, Integer.MAX_VALUE - 8, 4, 2, 0})
    void anUntrueSizeIsRefusedBeforeAnythingIsAllocated(long count) throws IOException {
        Path file = folder.resolve("one.pgn");
        ModelFile.of(new Card(Map.of("a", "b")), Map.of("x", new double[3])).save(file);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(Head.BYTES + 4 + 3, count);
        assertRefused(written(bytes), "its parts do not fit together");
    }

    @Test
    void aNewerVersionIsRefusedWithItsNumber() throws IOException {
        byte[] bytes = Files.readAllBytes(saved());
        Head head = Head.of(bytes);
        byte[] newer = new Head(2, head.sections(), head.length(), head.cardBytes(), head.tableBytes()).toBytes();
        System.arraycopy(newer, 0, bytes, 0, newer.length);
        assertRefused(written(bytes), "it has version 2", "up to 1", "use the newer program");
    }

    @Test
    void whatIsNoModelFileIsRefused() throws IOException {
        assertRefused(written("text,label\nhello,greeting\n".getBytes(StandardCharsets.UTF_8)), "does not begin");
        assertRefused(written(new byte[0]), "it is empty");
        assertRefused(folder, "this is a folder");
        assertRefused(folder.resolve("nothing.pgn"), "no such file", "train makes one");
    }

    @Test
    void aPartThatIsNotThereIsNamed() {
        ModelFile content = ModelFile.load(saved()).content();
        assertThatExceptionOfType(MissingPartException.class)
                .isThrownBy(() -> content.floats("keys"))
                .withMessage("it has no floats \"keys\"");
        assertThatExceptionOfType(MissingPartException.class).isThrownBy(() -> content.bytes("nothing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b", "a\nb", "a\\b"})
    void aKeyThatCouldNotBeReadBackIsRefused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Card(Map.of(key, "value")));
    }

    @Test
    void anyTextComesBackFromACard() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(12), 0, 0x300).forEach(c -> text.append((char) c));
            random.ints(random.nextInt(4), 0xd7f0, 0xe010).forEach(c -> text.append((char) c));
            Card card = new Card(Map.of("key", text.toString()));
            assertThat(Card.parse(card.text())).isEqualTo(card);
        }
    }
}

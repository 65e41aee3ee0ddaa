package dev.pigeonhole.core.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.checkpoint.PublishedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytewiseCombinerTest {
    private static final byte[] HEAD = "id,category\r\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final Combiner combiner = Combiner.bytewise();
    private final ByteArrayOutputStream target = new ByteArrayOutputStream();

    private Combiner.Part part(int number, long rows, String content) throws IOException {
        Path file = Files.writeString(directory.resolve("batch-" + number + ".csv"), content);
        return new Combiner.Part(number, file, new PublishedFile(rows, Files.size(file), Digest.sha256(content)));
    }

    private long combine(List<Combiner.Part> parts) throws IOException {
        target.reset();
        return combiner.combine(HEAD, parts::forEach, target);
    }

    @Test
    void theSamePartsGiveTheSameBytesEveryTime() throws IOException {
        String large = "3,\"ünï\n🐀\"\n".repeat(20_000);
        List<Combiner.Part> parts = List.of(part(1, 2, "1,a\n2,b\n"), part(2, 0, ""), part(3, 20_000, large));

        assertThat(combine(parts)).isEqualTo(20_002);
        String once = target.toString(StandardCharsets.UTF_8);
        assertThat(combine(parts)).isEqualTo(20_002);

        assertThat(once).isEqualTo("id,category\r\n1,a\n2,b\n" + large);
        assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo(once);
    }

    @Test
    void withoutPartsThereIsTheHead() throws IOException {
        assertThat(combine(List.of())).isZero();
        assertThat(target.toByteArray()).isEqualTo(HEAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2,", "2,c\n", "2,b\n\n", "\ufeff2,b\n"})
    void aPartThatWasChangedIsNamed(String damage) throws IOException {
        Combiner.Part damaged = part(2, 1, "2,b\n");
        List<Combiner.Part> parts = List.of(part(1, 1, "1,a\n"), damaged, part(3, 1, "3,c\n"));
        Files.writeString(damaged.file(), damage);

        assertThatThrownBy(() -> combine(parts))
                .isInstanceOf(DamagedPartException.class)
                .hasMessageContaining(damaged.file().toString())
                .satisfies(e -> assertThat(((DamagedPartException) e).part()).isEqualTo(damaged));
    }

    @Test
    void aPartThatIsMissingIsNamed() throws IOException {
        Combiner.Part missing = part(2, 1, "2,b\n");
        List<Combiner.Part> parts = List.of(part(1, 1, "1,a\n"), missing);
        Files.delete(missing.file());

        assertThatThrownBy(() -> combine(parts))
                .isInstanceOf(DamagedPartException.class)
                .hasMessageContaining(missing.file().toString());
    }

    @Test
    void aFolderInThePlaceOfAPartIsDamageOrAnErrorButNeverRows() throws IOException {
        Combiner.Part part = part(1, 1, "1,a\n");
        Files.delete(part.file());
        Files.createDirectory(part.file());

        assertThatThrownBy(() -> combine(List.of(part)))
                .hasMessageContaining(part.file().toString());
    }
}

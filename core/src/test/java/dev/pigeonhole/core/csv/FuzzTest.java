package dev.pigeonhole.core.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.PigeonholeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files with random damage: they are refused in the right way, or read so that the numbers add up. */
class FuzzTest {
    private static final List<String> FILES = List.of(
            "id,text\n1,a\n2,\"b,\"\"c\"\"\nd\"\n3,e\n4,f\n",
            "text\nHello, world\n\n\"x\"\ny\n",
            "sep=;\r\nid;text;tag\r\n1;a;x\r\n\r\n2;\"b;c\";y\r\n3;ü🐀;z",
            "\ufeffid\ttext\r1\ta\r2\t\"b\r\"\r");
    private static final String NASTY = "\"\"\",;\t|\n\r\0 a\u001f";

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("seeds")
    void damageIsRefusedOrTheNumbersAddUp(long seed) throws IOException {
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            byte[] bytes = damaged(random);
            Path file = Files.write(folder.resolve("input.csv"), bytes);
            try {
                check(source(file, random));
            } catch (PigeonholeException e) {
                assertThat(e.getMessage()).contains(file.toString()).doesNotContain("Exception", "null");
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + ", round " + round + ", file "
                                + new String(bytes, StandardCharsets.ISO_8859_1),
                        e);
            }
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 60), LongStream.of(System.nanoTime()));
    }

    /** A file that scans is read to its end without complaint. */
    private static void check(CsvSource source) {
        CsvProfile profile = source.scan();
        try {
            read(source, profile);
        } catch (PigeonholeException e) {
            throw new AssertionError("scanned, but not read", e);
        }
    }

    private static void read(CsvSource source, CsvProfile profile) {
        long rows = 0;
        char delimiter = profile.dialect().outputDelimiter();
        assertThat(TinyCsv.records(profile.header() + "\n", delimiter))
                .hasSize(1)
                .allMatch(r -> r.size() == profile.columns().size());
        try (CsvRows<CsvItem> items = source.items(profile, 1);
                CsvRows<CsvRecord> records = source.records(profile, 1)) {
            while (items.hasNext()) {
                rows++;
                assertThat(items.next().row()).isEqualTo(rows);
                CsvRecord record = records.next();
                assertThat(record.row()).isEqualTo(rows);
                assertThat(TinyCsv.records(record.columns() + "\n", delimiter))
                        .as(record.toString())
                        .hasSize(1)
                        .allMatch(r -> r.size() == profile.columns().size());
            }
            assertThat(records).isExhausted();
        }
        assertThat(rows).isEqualTo(profile.rows());
    }

    private static CsvSource source(Path file, Random random) {
        RaggedPolicy[] policies = RaggedPolicy.values();
        CsvSource source = CsvSource.of(file)
                .ragged(policies[random.nextInt(policies.length)])
                .lenientQuotes(random.nextBoolean())
                .replaceBadBytes(random.nextBoolean());
        source = random.nextInt(3) == 0 ? source.encoding(random.nextBoolean() ? "ISO-8859-1" : "UTF-16LE") : source;
        source = random.nextInt(3) == 0 ? source.delimiter(random.nextBoolean() ? ";" : ",") : source;
        source = random.nextInt(10) == 0 ? source.maxRecordChars(8) : source;
        return random.nextInt(3) == 0 ? source : source.textColumns("#1");
    }

    private static byte[] damaged(Random random) {
        byte[] bytes = FILES.get(random.nextInt(FILES.size())).getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(5); i >= 0; i--) {
            bytes = damagedOnce(bytes, random);
        }
        return bytes;
    }

    private static byte[] damagedOnce(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int until = Math.min(bytes.length, at + random.nextInt(4));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        for (int i = random.nextInt(3); i > 0; i--) {
            out.write(random.nextBoolean() ? NASTY.charAt(random.nextInt(NASTY.length())) : random.nextInt(256));
        }
        int from = random.nextBoolean() ? at : until;
        out.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }
}

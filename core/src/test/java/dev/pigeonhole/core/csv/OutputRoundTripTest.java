package dev.pigeonhole.core.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.JobSettings;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes in comes out: whole jobs over random tables with quotes, line breaks, delimiters, emoji, signs of direction and NUL, their
 * output read by a parser that shares nothing with ours. A failing seed is the parameter that JUnit shows.
 */
class OutputRoundTripTest {
    private static final String SURROGATE_HALF = "\ud83d";

    @TempDir
    Path folder;

    private Summary run(CsvSource source) {
        return Job.builder()
                .input(source)
                .taxonomy(Taxonomy.of("A", "B"))
                .categorizer(ScriptedCategorizer.answering(item -> Outcome.categorized("A", "script"))
                        .build())
                .checkpoints(CheckpointStore.inMemory(folder.resolve("workspace")))
                .output(folder.resolve("output.csv"))
                .settings(JobSettings.defaults().withBatchSize(500).withSubBatchSize(50))
                .build()
                .run(event -> {});
    }

    private CsvSource input(byte[] bytes) throws IOException {
        return CsvSource.of(Files.write(folder.resolve("input.csv"), bytes));
    }

    private List<List<String>> output(char delimiter) throws IOException {
        return TinyCsv.records(strictly(Files.readAllBytes(folder.resolve("output.csv"))), delimiter);
    }

    private static String strictly(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyCellOfEveryRowIsInTheOutputAsItWas(long seed) throws IOException {
        RandomTable table = new RandomTable(seed);
        run(table.described(input(table.bytes)).textColumns("#1"));

        List<List<String>> output = output(table.delimiter == CsvDialect.NONE ? ',' : table.delimiter);
        assertThat(output).hasSize(table.rows.size() + 1);
        for (int row = 0; row < table.rows.size(); row++) {
            List<String> cells = output.get(row + 1);
            assertThat(cells).as("row %d", row + 1).hasSize(table.width + 4);
            assertThat(cells.subList(0, table.width)).isEqualTo(table.rows.get(row));
            assertThat(cells.get(table.width + 1)).isIn("categorized", "skipped");
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(1_000, 1_012), LongStream.of(System.nanoTime()));
    }

    /** Half a character is none: it is refused with its row, and nothing is asked. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void halfACharacterIsRefusedOrReplacedAsOtherBadBytesAre(String charset) throws IOException {
        String csv = "\ufeffid,text\n1,fine 🐀\n2,half " + SURROGATE_HALF + " of it\n3,other\n";
        byte[] bytes = units(csv, charset.endsWith("LE"));
        assertThatThrownBy(() -> run(input(bytes).textColumns("text")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("row 2 (line 3)");
        run(input(bytes).textColumns("text").replaceBadBytes(true));
        assertThat(output(',')).element(2).asString().startsWith("[2, half \ufffd of it, A,");
    }

    /** Halves that were made UTF-8 one by one, as some programs do. */
    @Test
    void halvesInUtf8AreBadBytesToo() throws IOException {
        byte[] half = {(byte) 0xed, (byte) 0xa0, (byte) 0xbd};
        byte[] csv = ("id,text\n1,a" + new String(half, StandardCharsets.ISO_8859_1) + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> run(input(csv).textColumns("text")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("row 1 (line 2)");
        run(input(csv).textColumns("text").replaceBadBytes(true));
        assertThat(output(',').get(1).get(1)).startsWith("a\ufffd");
    }

    /** The first half of a character takes nothing with it: not the delimiter behind it, nor the end of the line. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "Shift_JIS", "windows-31j", "GB18030", "GBK", "Big5", "EUC-JP", "EUC-KR"})
    void whatStandsBehindBadBytesStaysWhatItIs(String charset) throws IOException {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        csv.writeBytes("id,text,more\n".getBytes(StandardCharsets.US_ASCII));
        for (int lead = 0x80; lead <= 0xff; lead++) {
            for (byte each : "1,a?,b\n2,c,d?\n3,\"e?\",f\n".getBytes(StandardCharsets.US_ASCII)) {
                csv.write(each == '?' ? lead : each);
            }
        }
        CsvSource source = input(csv.toByteArray()).encoding(charset).textColumns("text");
        CsvProfile profile = source.replaceBadBytes(true).delimiter(",").scan();
        assertThat(profile.rows()).isEqualTo(3 * 128);
        assertThat(profile.oddities().shortRows() + profile.oddities().longRows())
                .isZero();
    }

    /** The units of UTF-16 as they stand in memory; an encoder would put something else in place of a half. */
    private static byte[] units(String text, boolean little) {
        ByteBuffer bytes =
                ByteBuffer.allocate(2 * text.length()).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        text.chars().forEach(unit -> bytes.putChar((char) unit));
        return bytes.array();
    }
}

package dev.pigeonhole.core.combine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.TinyCsv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsFileWriterTest {
    private static final int MESSAGE = 6;

    @TempDir
    Path directory;

    private static RowOutcome failed(long row, String message) {
        return new RowOutcome(row, new Outcome.Failed(FailureCause.HTTP_4XX, message), 1, 2);
    }

    /** The only line of an errors file for this message, as it is read back. */
    private List<String> line(String message) throws IOException {
        CombineHarness harness = new CombineHarness(directory, "text,id\na,1\n", ",", List.of("red"));
        harness.lease.record(List.of(failed(1, message)));
        harness.batches().write(1, 1, 1);
        harness.errors().write();
        String errors = Files.readString(ErrorsFileWriter.file(harness.directory()));
        List<List<String>> records = TinyCsv.records(errors, ',');
        assertThat(errors.lines()).as("never more than one line for a row").hasSize(2);
        assertThat(records).hasSize(2);
        return records.get(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "＝1", "  =1", "\t=1", "\u0000=1"})
    void aMessageIsNeverAFormula(String message) throws IOException {
        assertThat(line(message).get(MESSAGE)).startsWith("'").doesNotStartWith("'  ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\u0000", "\u001b[31m", "\u007f", "\u0085", "\u009b31m", "\u2028", "\u2029"})
    void aMessageIsOneLineThatNoTerminalObeys(String control) throws IOException {
        String message = line("before" + control + "after").get(MESSAGE);

        assertThat(message).startsWith("before ").endsWith("after");
        assertThat(message.codePoints()).noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }

    @ParameterizedTest
    @CsvSource({"299, 299", "300, 300", "301, 300", "100000, 300"})
    void aMessageIsShort(int length, int kept) throws IOException {
        String message = line("x".repeat(length)).get(MESSAGE);

        assertThat(message).hasSize(kept);
        assertThat(message.endsWith("…")).isEqualTo(length > 300);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aMessageIsNotCutWithinACharacter(int offset) throws IOException {
        String message = line("x".repeat(offset) + "🐀".repeat(400)).get(MESSAGE);

        assertThat(message).endsWith("🐀…").hasSizeBetween(299, 300);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(message)).isTrue();
    }

    @Test
    void aCharacterThatWouldBeCutIsLeftOut() throws IOException {
        assertThat(line("x".repeat(298) + "🐀" + "x".repeat(9)).get(MESSAGE)).isEqualTo("x".repeat(298) + "…");
        assertThat(line("x".repeat(297) + "🐀" + "x".repeat(9)).get(MESSAGE)).isEqualTo("x".repeat(297) + "🐀…");
        assertThat(line("x".repeat(299) + "🐀" + "x".repeat(9)).get(MESSAGE)).isEqualTo("x".repeat(299) + "…");
    }

    @Test
    void anEmptyMessageIsEmpty() throws IOException {
        assertThat(line("").get(MESSAGE)).isEmpty();
        assertThat(line("a, \"b\"").get(MESSAGE)).isEqualTo("a, \"b\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|", "^", "#", "x"})
    void everyDelimiterKeepsTheColumnsApart(String delimiter) throws IOException {
        char d = delimiter.charAt(0);
        String csv = "body" + d + "id\n\"a" + d + "b\"" + d + "1\nq" + d + "2" + d + "3" + d + "4\n";
        CombineHarness harness = new CombineHarness(directory, csv, delimiter, List.of("red"));
        harness.lease.record(List.of(failed(1, "m" + d + "n"), failed(2, "m")));
        harness.batches().write(1, 1, 2);

        harness.errors().write();

        List<List<String>> records = TinyCsv.records(Files.readString(ErrorsFileWriter.file(harness.directory())), d);
        assertThat(records.get(0))
                .isEqualTo(Stream.concat(ErrorsFileWriter.COLUMNS.stream(), Stream.of("body", "id", "surplus"))
                        .toList());
        assertThat(records.get(1))
                .containsExactly(
                        "1", "2", "1", "1", "HTTP_4XX", "2", d == '\t' ? "m n" : "m" + d + "n", "a" + d + "b", "1", "");
        assertThat(records.get(2)).containsExactly("2", "3", "1", "1", "HTTP_4XX", "2", "m", "q", "2", "3" + d + "4");
    }

    @Test
    void rowsFarApartInManyBatchesAreEachFound() throws IOException {
        int rows = 12_000;
        int batchSize = 100;
        TreeSet<Integer> failing =
                new TreeSet<>(List.of(1, 2, 100, 101, 2_102, 2_103, 4_104, 7_000, 7_001, 9_999, 11_999, 12_000));
        String csv = IntStream.rangeClosed(1, rows)
                .mapToObj(row -> "\"text\n" + row + "\"," + row + "\n")
                .collect(Collectors.joining("", "text,id\n", ""));
        CombineHarness harness = new CombineHarness(directory, csv, ",", List.of("red"));
        List<RowOutcome> outcomes = new ArrayList<>();
        for (int row = 1; row <= rows; row++) {
            outcomes.add(
                    failing.contains(row)
                            ? failed(row, "no")
                            : new RowOutcome(row, Outcome.categorized("red", "x"), 1, 1));
        }
        harness.lease.record(outcomes);
        BatchFileWriter batches = harness.batches();
        for (int first = 1; first <= rows; first += batchSize) {
            batches.write(first / batchSize + 1, first, first + batchSize - 1);
        }

        harness.errors().write();

        List<List<String>> records = TinyCsv.records(Files.readString(ErrorsFileWriter.file(harness.directory())), ',');
        assertThat(records.stream().skip(1).map(r -> String.join("|", r)))
                .containsExactlyElementsOf(failing.stream()
                        .map(row -> String.join(
                                "|",
                                row.toString(),
                                Integer.toString(2 * row),
                                Integer.toString((row - 1) / batchSize + 1),
                                "1",
                                "HTTP_4XX",
                                "2",
                                "no",
                                "text\n" + row,
                                row.toString(),
                                ""))
                        .toList());
    }

    @Test
    void withoutFailuresThereIsTheHeader() throws IOException {
        CombineHarness harness = new CombineHarness(directory, "text,id\r\na,1\r\n", ",", List.of("red"));

        harness.errors().write();

        assertThat(Files.readString(ErrorsFileWriter.file(harness.directory())))
                .isEqualTo("row,line,batch,sub_batch,cause,attempts,message,text,id,surplus\r\n");
    }
}

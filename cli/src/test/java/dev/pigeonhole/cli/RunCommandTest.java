package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {
    private static final int ROWS = 137;

    @TempDir
    Path folder;

    private Cli cli;
    private Path input;
    private Path categories;

    @BeforeEach
    void files() throws Exception {
        cli = new Cli(folder);
        categories = cli.write(
                "categories.yaml",
                "categories:",
                "  - {name: Billing, keywords: [invoice, refund]}",
                "  - {name: Login, keywords: [password, login]}");
        input = cli.write("tickets.csv", tickets());
    }

    /** Every tenth row has no text, every fiftieth has a column too many. */
    private static String[] tickets() {
        return IntStream.rangeClosed(0, ROWS)
                .mapToObj(i -> {
                    if (i == 0) {
                        return "id,body";
                    } else if (i % 50 == 0) {
                        return i + ",invoice,surplus";
                    }
                    return i + "," + (i % 10 == 0 ? " " : (i % 2 == 0 ? "invoice " : "password ") + i);
                })
                .toArray(String[]::new);
    }

    @Test
    void anErrorIsTheLastLineOfJson() {
        Cli.Result result =
                cli.run(cli.path("missing.csv"), categories, "--json").is(ExitCode.INPUT_UNREADABLE);

        assertThat(result.lastJson()).containsEntry("type", "error");
        assertThat(String.valueOf(result.lastJson().get("exit_code"))).isEqualTo("6");
        assertThat(String.valueOf(result.lastJson().get("message"))).contains("missing.csv");
        assertThat(result.err()).contains("error: ").contains("missing.csv");
    }

    @Test
    void theOutputHasEveryRowOnceInOrderWithItsResult() throws Exception {
        cli.run(input, categories).is(ExitCode.SOME_ROWS_FAILED);
        List<String> lines = Files.readAllLines(cli.path("output.csv"));
        assertThat(lines).hasSize(ROWS + 1);
        assertThat(lines.get(0)).isEqualTo("id,body,category,category_status,category_confidence,category_source");
        for (int i = 1; i <= ROWS; i++) {
            assertThat(lines.get(i)).startsWith(i + ",");
        }
        assertThat(lines.get(1)).startsWith("1,password 1,Login,categorized,").endsWith(",local");
        assertThat(lines.get(2)).startsWith("2,invoice 2,Billing,categorized,");
        assertThat(lines.get(10)).isEqualTo("10, ,,skipped,,");
        assertThat(lines.get(50)).contains(",,failed,,");
    }

    @Test
    void theSummaryAddsUpInText() {
        Cli.Result result = cli.run(input, categories);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("▲ Finished with 2 failed rows")
                .contains("rows      137 = 124 categorized + 0 unmatched + 2 failed + 11 without text")
                .contains("Billing 55 (40%)")
                .contains("Login 69 (50%)")
                .contains("2 the row does not have the columns of the header")
                .contains("output    " + cli.path("output.csv") + " (137 rows")
                .doesNotContain("retry-failed"); // Asking again would not change the shape of a row.
    }

    @Test
    void failedRowsAreInTheErrorsFileWithTheReason() throws Exception {
        Cli.Result result = cli.run(input, categories, "--json").is(ExitCode.SOME_ROWS_FAILED);
        List<String> errors =
                Files.readAllLines(Path.of((String) result.lastJson().get("errors")));
        assertThat(errors).hasSize(3);
        assertThat(errors.get(0)).startsWith("row,line,batch,sub_batch,cause,attempts,message,id,body");
        assertThat(errors.get(1)).startsWith("50,51,1,").contains("CSV_SHAPE", "surplus");
        assertThat(errors.get(2)).startsWith("100,101,1,");
    }

    @Test
    void batchFilesTogetherAreTheOutput() throws Exception {
        Cli.Result result = cli.run(input, categories, "--batch-size", "50", "--json");
        Path batches = Path.of((String) result.lastJson().get("directory")).resolve("batches");
        List<Path> files;
        try (var entries = Files.list(batches)) {
            files = entries.sorted().toList();
        }
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("batch-00001.csv", "batch-00002.csv", "batch-00003.csv");
        List<String> rows = new ArrayList<>();
        for (Path file : files) {
            rows.addAll(Files.readAllLines(file)); // They have no header, so that joining them is all it takes.
        }
        List<String> output = Files.readAllLines(cli.path("output.csv"));
        assertThat(rows).isEqualTo(output.subList(1, output.size()));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 3", "20, 20", "137, 136", "138, 1000", "10000000, 20"})
    void theSizesOfBatchesDoNotChangeTheOutput(String batchSize, String subBatchSize) throws Exception {
        cli.run(input, categories, "--output", cli.path("usual.csv").toString());
        cli.run(input, categories, "--batch-size", batchSize, "--sub-batch-size", subBatchSize)
                .is(ExitCode.SOME_ROWS_FAILED);
        assertThat(cli.path("output.csv")).hasSameBinaryContentAs(cli.path("usual.csv"));
    }

    @Test
    void theNumberOfCallsInFlightDoesNotChangeTheOutput() throws Exception {
        cli.run(input, categories, "--output", cli.path("usual.csv").toString(), "-j", "1");
        cli.run(input, categories, "-j", "16", "--sub-batch-size", "2");
        assertThat(cli.path("output.csv")).hasSameBinaryContentAs(cli.path("usual.csv"));
    }

    @Test
    void theSecondRunHasNothingLeftToDo() throws Exception {
        Path clean = cli.write("clean.csv", "text", "invoice", "password");
        cli.run(clean, categories).is(ExitCode.DONE);
        byte[] first = Files.readAllBytes(cli.path("output.csv"));
        Cli.Result again = cli.run(clean, categories).is(ExitCode.DONE);
        assertThat(again.err()).contains("nothing left to do").contains("rows      2 = 2 categorized");
        assertThat(cli.path("output.csv")).hasBinaryContent(first);
        assertThat(cli.job("list", "--json").json()).hasSize(1);
    }

    @Test
    void anOutputThatWasLostIsWrittenAgain() throws Exception {
        cli.run(input, categories);
        byte[] first = Files.readAllBytes(cli.path("output.csv"));
        Files.delete(cli.path("output.csv"));
        cli.run(input, categories).is(ExitCode.SOME_ROWS_FAILED);
        assertThat(cli.path("output.csv")).hasBinaryContent(first);
    }

    @Test
    void anOutputThatSomebodyChangedIsNotOverwritten() throws Exception {
        cli.run(input, categories);
        cli.write("output.csv", "edited by hand");
        cli.run(input, categories).refused(ExitCode.USAGE, "was changed", "--existing new");
        assertThat(cli.read("output.csv")).isEqualTo("edited by hand\n");
    }

    @Test
    void existingFailRefusesASecondJob() {
        cli.run(input, categories, "--existing", "fail").is(ExitCode.SOME_ROWS_FAILED);
        cli.run(input, categories, "--existing", "fail").refused(ExitCode.USAGE, "there already", "--existing resume");
    }

    @Test
    void existingNewBeginsAnotherJobAndReplacesTheOutput() throws Exception {
        cli.run(input, categories);
        cli.write("output.csv", "edited by hand");
        cli.run(input, categories, "--existing", "NEW").is(ExitCode.SOME_ROWS_FAILED);
        assertThat(cli.read("output.csv")).startsWith("id,body,category,");
        assertThat(cli.job("list", "--json").json()).hasSize(2);
    }

    @Test
    void jobsOfDifferentNamesAreDifferentJobs() {
        cli.run(input, categories, "--job", "one").is(ExitCode.SOME_ROWS_FAILED);
        cli.run(
                        input,
                        categories,
                        "--job",
                        "two",
                        "--output",
                        cli.path("two.csv").toString())
                .is(ExitCode.SOME_ROWS_FAILED);
        assertThat(cli.job("list", "--json").json())
                .extracting(job -> job.get("name"))
                .containsExactly("two", "one");
    }

    @Test
    void withJsonEveryLineIsAnEventAndTheLastIsASummaryThatAddsUp() {
        Cli.Result result = cli.run(input, categories, "--json", "--batch-size", "40");
        List<Map<String, Object>> events = result.json();
        assertThat(events)
                .allSatisfy(event -> assertThat(event).containsKey("type").containsEntry("v", 1L));
        assertThat(events.get(0)).containsEntry("type", "started").containsEntry("rows", (long) ROWS);
        assertThat(events).extracting(event -> event.get("type")).contains("progress", "notice");
        assertThat(events)
                .filteredOn(event -> "batch".equals(event.get("type")))
                .hasSize(4);
        assertThat(events)
                .filteredOn(event -> "failure".equals(event.get("type")))
                .hasSize(2);

        Map<String, Object> summary = result.lastJson();
        assertThat(events)
                .filteredOn(event -> "summary".equals(event.get("type")))
                .containsExactly(summary);
        assertThat(summary)
                .containsEntry("state", "completed_with_failures")
                .containsEntry("rows", (long) ROWS)
                .containsEntry("left", 0L)
                .containsEntry("categories", Map.of("Billing", 55L, "Login", 69L))
                .containsEntry("causes", Map.of("CSV_SHAPE", 2L))
                .containsEntry("output", cli.path("output.csv").toString());
        long sum = List.of("categorized", "unmatched", "failed", "skipped").stream()
                .mapToLong(name -> JsonText.number(summary, name))
                .sum();
        assertThat(sum).isEqualTo(ROWS);
    }

    @Test
    void progressInJsonNeverGoesBack() {
        List<Long> done = cli.run(input, categories, "--json", "--sub-batch-size", "1").json().stream()
                .filter(event -> "progress".equals(event.get("type")))
                .map(event -> JsonText.number(event, "done"))
                .toList();
        assertThat(done).isSorted().endsWith((long) ROWS);
    }

    @Test
    void quietSaysNothing() {
        Cli.Result result = cli.run(input, categories, "--quiet").is(ExitCode.SOME_ROWS_FAILED);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEmpty();
        assertThat(cli.path("output.csv")).exists();
    }

    @Test
    void quietStillSaysWhatIsWrong() {
        cli.run(cli.path("none.csv"), categories, "--quiet").refused(ExitCode.INPUT_UNREADABLE, "none.csv");
    }

    @Test
    void plainProgressIsLinesWithATimeAndALevel() {
        Cli.Result result = cli.run(input, categories, "--progress", "plain");
        List<String> lines =
                result.err().lines().takeWhile(l -> !l.contains("Finished")).toList();
        assertThat(lines)
                .isNotEmpty()
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ (INFO|WARN) .*"));
        assertThat(lines.get(0)).contains("started job=").contains("rows=137 done=0");
        assertThat(result.err()).doesNotContain("\u001b");
    }

    @Test
    void progressOnATerminalStaysInOneLine() {
        Cli.Result result = cli.with("COLUMNS", "40").run(input, categories, "--progress", "tty");
        String progress = result.err().substring(0, result.err().indexOf("▲ Finished"));
        assertThat(progress).contains("\r\u001b[2K").endsWith("\r\u001b[2K");
        assertThat(progress.split("\r\u001b\\[2K"))
                .filteredOn(line -> line.contains("%"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(40).doesNotContain("\n"));
    }

    @Test
    void progressNoneShowsTheSummaryOnly() {
        Cli.Result result = cli.run(input, categories, "--progress", "none");
        assertThat(result.err()).startsWith("▲ Finished");
    }

    @Test
    void anInputWithoutRowsGivesAHeader() throws Exception {
        Path empty = cli.write("empty.csv", "text");
        Cli.Result result = cli.run(empty, categories).is(ExitCode.DONE);
        assertThat(result.err()).contains("rows      0 = 0 categorized").contains("a header and no rows");
        assertThat(cli.read("output.csv"))
                .isEqualTo("text,category,category_status,category_confidence,category_source\n");
    }

    @Test
    void aNameThatTheInputHasAlreadyGetsANumberAndANotice() throws Exception {
        Path own = cli.write("own.csv", "text,category", "invoice,mine");
        Cli.Result result = cli.run(own, categories).is(ExitCode.DONE);
        assertThat(result.err()).contains("the input has a column category already");
        assertThat(cli.read("output.csv"))
                .startsWith("text,category,category_2,category_status,")
                .contains("invoice,mine,Billing,categorized,");
    }

    @Test
    void theOutputCanBeginWithAByteOrderMark() throws Exception {
        cli.run(input, categories, "--output-bom").is(ExitCode.SOME_ROWS_FAILED);
        assertThat(cli.read("output.csv")).startsWith("\ufeffid,body");
    }

    @Test
    void textColumnsAreTakenByNameOrNumber() throws Exception {
        Path two = cli.write("two.csv", "a,b,c", "invoice,,x", ",password,x");
        cli.run(two, categories, "-t", "a", "-t", "#2").is(ExitCode.DONE);
        assertThat(cli.read("output.csv")).contains("invoice,,x,Billing,").contains(",password,x,Login,");
    }

    @Test
    void theHintToGoOnNamesTheWorkspace() throws Exception {
        Path text = cli.write("three.csv", "text", "a", "b", "c");
        Cli.Result result = cli.with("PIGEONHOLE_PROGRAM", "./pigeonhole")
                .run(text, categories, "-p", "failing", "--option", "after=1", "--sub-batch-size", "1");
        result.is(ExitCode.STOPPED_BY_LIMIT);
        assertThat(result.err()).contains("next      ./pigeonhole resume ").contains(" --workspace " + cli.workspace());
    }
}

package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that only show: status, list, estimate, check. */
class ShowCommandsTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Path categories;

    @BeforeEach
    void files() throws Exception {
        cli = new Cli(folder);
        categories = cli.write("categories.txt", "Billing", "Login");
    }

    private Path mixed() throws Exception {
        return cli.write("mixed.csv", "text", "good one", "bad", " ", "good two", "good three");
    }

    @Test
    void statusShowsHowAJobStands() throws Exception {
        cli.run(mixed(), categories, "-p", "failing", "--job", "may", "--option", "after=1", "--sub-batch-size", "3");
        Cli.Result result = cli.job("status").is(ExitCode.DONE);
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("(may)")
                .contains("state     paused (money cap reached): that was all")
                .contains("input     " + cli.path("mixed.csv"))
                .contains("to do")
                .contains("output    " + cli.path("output.csv") + " (not yet)")
                .contains("folder    " + cli.workspace().resolve("jobs"));
    }

    @Test
    void statusOfAFinishedJobAddsUp() throws Exception {
        cli.run(mixed(), categories, "-p", "failing", "--job", "may");
        assertThat(cli.job("status", "may").out())
                .contains("state     completed with failures")
                .contains("rows      5 = 3 categorized + 0 unmatched + 1 failed + 1 without text + 0 to do")
                .doesNotContain("not yet");
        Map<String, Object> json =
                cli.job("status", "may", "--json").is(ExitCode.DONE).lastJson();
        assertThat(json)
                .containsEntry("type", "status")
                .containsEntry("name", "may")
                .containsEntry("state", "completed_with_failures")
                .containsEntry("rows", 5L)
                .containsEntry("categorized", 3L)
                .containsEntry("failed", 1L)
                .containsEntry("skipped", 1L)
                .containsEntry("left", 0L)
                .containsEntry("published", true)
                .containsEntry("categories", Map.of("Billing", 3L))
                .containsEntry("causes", Map.of("BAD_ANSWER", 1L));
        assertThat((String) json.get("sha256")).hasSize(64);
    }

    @Test
    void statusTakesTheNewestJobOrTheOneNamed() throws Exception {
        String old = (String) cli.run(mixed(), categories, "--json").lastJson().get("job");
        cli.run(
                mixed(),
                categories,
                "--job",
                "newer",
                "--output",
                cli.path("two.csv").toString());
        assertThat(cli.job("status", "--json").lastJson()).containsEntry("name", "newer");
        assertThat(cli.job("status", old, "--json").lastJson()).containsEntry("job", old);
        cli.job("status", "newr").refused(ExitCode.USAGE, "did you mean \"newer\"?");
    }

    @Test
    void listShowsALineForEachJobTheNewestFirst() throws Exception {
        cli.run(mixed(), categories, "-p", "failing");
        cli.run(
                mixed(),
                categories,
                "--job",
                "newer",
                "--output",
                cli.path("two.csv").toString());
        List<String> lines = cli.job("list").is(ExitCode.DONE).out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("completed ").contains("5 rows").endsWith("mixed.csv  (newer)");
        assertThat(lines.get(1)).contains("completed with failures").endsWith("mixed.csv");
        assertThat(cli.job("list", "--json").json())
                .extracting(job -> job.get("state"))
                .containsExactly("completed", "completed_with_failures");
    }

    @Test
    void listOfAWorkspaceWithoutJobsSaysSo() throws Exception {
        Wiring.store(cli.workspace()).close();
        Cli.Result result = cli.job("list").is(ExitCode.DONE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("no jobs yet");
        cli.job("status").refused(ExitCode.USAGE, "there is no job in this workspace");
    }

    @ParameterizedTest
    @CsvSource({"50, 7, 1", "1, 1, 2", "1000, 20, 3", "333, 1000, 4"})
    void estimateCountsWhatARunThenDoes(String batchSize, String subBatchSize, long seed) throws Exception {
        Random random = new Random(seed);
        Path input = cli.write(
                "random.csv",
                IntStream.rangeClosed(0, 333)
                        .mapToObj(i -> i == 0 ? "id,text" : i + "," + cell(random))
                        .toArray(String[]::new));
        Cli.Result estimate = cli.say(
                        "estimate",
                        input.toString(),
                        "--batch-size",
                        batchSize,
                        "--sub-batch-size",
                        subBatchSize,
                        "--json")
                .is(ExitCode.DONE);
        Map<String, Object> before = estimate.lastJson();
        Map<String, Object> after = cli.run(
                        input, categories, "--batch-size", batchSize, "--sub-batch-size", subBatchSize, "--json")
                .lastJson();
        assertThat(before).containsEntry("rows", after.get("rows"));
        assertThat(before).containsEntry("calls", after.get("calls"));
        assertThat(before).containsEntry("batches", after.get("batches"));
        assertThat(before).containsEntry("without_text", after.get("skipped"));
        assertThat(before).containsEntry("set_aside", after.get("failed"));
        assertThat(JsonText.number(before, "to_categorize"))
                .isEqualTo(JsonText.number(after, "categorized") + JsonText.number(after, "unmatched"));
        assertThat(estimate.err()).isEmpty();
    }

    private static String cell(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "x,too many";
            default -> "text " + random.nextInt(50);
        };
    }

    @Test
    void estimateCountsDistinctTextsAndCharacters() throws Exception {
        Path input = cli.write("in.csv", "text", "a", "bb", "a", "A", " ", "bb");
        assertThat(cli.say("estimate", input.toString(), "--json").lastJson())
                .containsEntry("to_categorize", 5L)
                .containsEntry("distinct_texts", 3L)
                .containsEntry("distinct_texts_exact", true)
                .containsEntry("characters", 7L);
        assertThat(cli.say("estimate", input.toString()).out())
                .contains("rows        6 = 5 to categorize + 1 without text + 0 set aside")
                .contains("calls       1")
                .contains("distinct    3 texts");
    }

    @Test
    void estimateMakesNothing() throws Exception {
        cli.say("estimate", mixed().toString()).is(ExitCode.DONE);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("mixed.csv", "categories.txt");
    }

    @Test
    void checkSaysWhatIsFound() throws Exception {
        Path input = cli.write("in.csv", "id;body", "1;a", "", "2", "3;b;c");
        Path described =
                cli.write("c.yaml", "categories:", "  - {name: A, description: about a, examples: [x, y]}", "  - B");
        Cli.Result text = cli.say("check", input.toString(), "-c", described.toString(), "--delimiter", "semicolon")
                .is(ExitCode.DONE);
        assertThat(text.err()).isEmpty();
        assertThat(text.out())
                .contains("rows        3")
                .contains("encoding    UTF-8")
                .contains("delimiter   ;")
                .contains("line end    LF")
                .contains("columns     id, body")
                .contains("text        body")
                .contains("1 row has fewer columns")
                .contains("1 row has more columns")
                .contains("categories  2 (1 with a description, 2 examples)")
                .contains("sha-256     ");
        assertThat(cli.say("check", input.toString(), "-c", described.toString(), "--delimiter", ";", "--json")
                        .is(ExitCode.DONE)
                        .lastJson())
                .containsEntry("type", "check")
                .containsEntry("rows", 3L)
                .containsEntry("columns", List.of("id", "body"))
                .containsEntry("text_columns", List.of("body"))
                .containsEntry("categories", List.of("A", "B"));
        assertThat(cli.workspace()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"'a\tbody', tab", "'a|body', |", "body, none"})
    void checkNamesTheDelimiter(String header, String name) throws Exception {
        Path input = cli.write("in.csv", header, header);
        assertThat(cli.say("check", input.toString()).is(ExitCode.DONE).out()).contains("delimiter   " + name);
    }
}

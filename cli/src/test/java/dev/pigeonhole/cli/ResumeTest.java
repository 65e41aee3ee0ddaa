package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumeTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Path input;
    private Path categories;

    @BeforeEach
    void files() throws Exception {
        cli = new Cli(folder);
        categories = cli.write("categories.txt", "Billing", "Login");
        input = cli.write(
                "tickets.csv",
                Stream.concat(Stream.of("text"), IntStream.rangeClosed(1, 30).mapToObj(i -> "row " + i))
                        .toArray(String[]::new));
    }

    /** Ten calls are needed; each run makes four. */
    private Cli.Result begin(String... more) {
        return cli.run(
                input,
                categories,
                Stream.concat(
                                Stream.of("-p", "failing", "--option", "after=4", "--sub-batch-size", "3", "--json"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private static String id(Cli.Result result) {
        return (String) result.lastJson().get("job");
    }

    @Test
    void theSameCommandGoesOnUntilAllIsDone() throws Exception {
        assertThat(begin().is(ExitCode.STOPPED_BY_LIMIT).lastJson())
                .containsEntry("left", 18L)
                .containsEntry("calls", 4L)
                .containsEntry("state", "paused");
        assertThat(begin().is(ExitCode.STOPPED_BY_LIMIT).lastJson())
                .containsEntry("rows_before", 12L)
                .containsEntry("left", 6L);
        assertThat(begin().is(ExitCode.DONE).lastJson())
                .containsEntry("calls", 2L)
                .containsEntry("categorized", 30L);
        assertThat(Files.readAllLines(cli.path("output.csv"))).hasSize(31);
        assertThat(cli.job("list", "--json").json()).hasSize(1);
    }

    @Test
    void nothingIsPublishedBeforeAllIsDone() {
        begin();
        assertThat(cli.path("output.csv")).doesNotExist();
    }

    @Test
    void resumeTakesTheNewestUnfinishedJobAndItsSettings() throws Exception {
        begin();
        cli.job("resume", "--json").is(ExitCode.STOPPED_BY_LIMIT);
        Cli.Result last = cli.job("resume", "--json").is(ExitCode.DONE);
        assertThat(last.lastJson()).containsEntry("left", 0L);
        assertThat(cli.path("output.csv")).exists();
    }

    @Test
    void resumeTakesAnIdOrAName() {
        String id = id(begin("--job", "may tickets"));
        assertThat(id(cli.job("resume", id, "--json").is(ExitCode.STOPPED_BY_LIMIT)))
                .isEqualTo(id);
        assertThat(id(cli.job("resume", "may tickets", "--json", "-j", "2").is(ExitCode.DONE)))
                .isEqualTo(id);
    }

    @Test
    void anOutputOfAResumedJobIsTheSameAsOfOneThatWasNotStopped() {
        begin();
        cli.job("resume");
        cli.job("resume").is(ExitCode.DONE);
        cli.run(
                        input,
                        categories,
                        "-p",
                        "failing",
                        "--sub-batch-size",
                        "3",
                        "--output",
                        cli.path("one.csv").toString())
                .is(ExitCode.DONE);
        assertThat(cli.path("output.csv")).hasSameBinaryContentAs(cli.path("one.csv"));
    }

    @Test
    void anUnknownJobIsRefusedWithASuggestion() {
        begin("--job", "may");
        cli.job("resume", "mya").refused(ExitCode.USAGE, "no job \"mya\"", "did you mean \"may\"?", "list");
        assertThat(cli.job("status", "mya").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void withoutAnUnfinishedJobThereIsNothingToResume() throws Exception {
        cli.run(input, categories).is(ExitCode.DONE);
        cli.job("resume").refused(ExitCode.USAGE, "no unfinished job");
    }

    @Test
    void resumingAFinishedJobByIdChangesNothing() throws Exception {
        String id = id(cli.run(input, categories, "--json").is(ExitCode.DONE));
        byte[] output = Files.readAllBytes(cli.path("output.csv"));
        assertThat(cli.job("resume", id).is(ExitCode.DONE).err()).contains("nothing left to do");
        assertThat(cli.path("output.csv")).hasBinaryContent(output);
    }

    @Test
    void retryFailedAsksOnlyAboutFailedRowsAndPublishesAnew() throws Exception {
        Path mixed = cli.write("mixed.csv", "text", "good one", "bad two", "", "bad four", "good five");
        Path trouble = cli.write("trouble", "");
        Cli.Result first = cli.run(mixed, categories, "-p", "failing", "--option", "while=" + trouble, "--json");
        first.is(ExitCode.SOME_ROWS_FAILED);
        assertThat(first.lastJson()).containsEntry("failed", 2L).containsEntry("causes", Map.of("BAD_ANSWER", 2L));
        assertThat(cli.read("output.csv")).contains("bad two,,failed,,");

        cli.job("retry-failed").is(ExitCode.SOME_ROWS_FAILED);
        Files.delete(trouble);
        Cli.Result again = cli.job("retry-failed", "--json").is(ExitCode.DONE);
        assertThat(again.lastJson()).containsEntry("failed", 0L).containsEntry("calls", 1L);
        assertThat(Path.of((String) again.lastJson().get("errors"))).content().hasLineCount(1);
        assertThat(cli.read("output.csv")).doesNotContain("failed,").contains("bad two,Billing,categorized,");
    }

    @Test
    void theSummaryOfFailedRowsSaysHowToRetryThem() throws Exception {
        Path mixed = cli.write("mixed.csv", "text", "good", "bad");
        assertThat(cli.run(mixed, categories, "-p", "failing")
                        .is(ExitCode.SOME_ROWS_FAILED)
                        .err())
                .contains("1 answer not readable")
                .contains("errors    ")
                .contains("next      pigeonhole retry-failed ");
    }

    @Test
    void withoutFailedRowsThereIsNothingToRetry() {
        cli.run(input, categories).is(ExitCode.DONE);
        cli.job("retry-failed").refused(ExitCode.USAGE, "no finished job with failed rows");
    }

    @ParameterizedTest
    @CsvSource({
        "BUDGET, 5, money cap reached",
        "PROVIDER_UNAVAILABLE, 5, provider unavailable",
        "KEY_REJECTED, 4, key rejected",
        "QUOTA, 4, quota used up",
        "USER, 130, asked to pause"
    })
    void aPauseSaysItsReasonAndHasItsExitCode(String reason, int code, String words) {
        Cli.Result result =
                cli.run(input, categories, "-p", "failing", "--option", "after=1", "--option", "reason=" + reason);
        result.is(code);
        assertThat(result.err()).contains("‖ Paused after ").contains("(" + words + "): that was all");
        assertThat(cli.job("status").out()).contains("paused (" + words + "): that was all");
        assertThat(cli.job("status", "--json").lastJson()).containsEntry("reason", reason);
    }

    @Test
    void aChangedInputIsRefused() throws Exception {
        begin();
        Files.writeString(input, Files.readString(input).replace("row 7", "row seven"));
        begin().refused(ExitCode.USAGE, "input.content: its content has changed", "--existing new");
        cli.job("resume").refused(ExitCode.USAGE, "input.content: its content has changed");
    }

    @Test
    void aMissingInputIsRefused() throws Exception {
        begin();
        Files.delete(input);
        begin().refused(ExitCode.INPUT_UNREADABLE, "no such file");
        cli.job("resume").refused(ExitCode.INPUT_UNREADABLE, "no such file");
    }

    @Test
    void changedCategoriesAreRefused() throws Exception {
        begin();
        cli.write("categories.txt", "Billing", "Login", "Delivery");
        begin().refused(ExitCode.USAGE, "category \"Delivery\": new, was not there before", "put it back");
        cli.job("resume").refused(ExitCode.USAGE, "category \"Delivery\": new");
        Files.delete(categories);
        cli.job("resume").refused(ExitCode.USAGE, "categories.txt: no such file");
    }

    @Test
    void anotherBatchSizeIsRefused() {
        begin();
        begin("--batch-size", "7").refused(ExitCode.USAGE, "batch-size: was \"2000\", now \"7\"");
    }

    @Test
    void anotherProviderIsRefused() {
        begin();
        cli.run(input, categories, "--sub-batch-size", "3").refused(ExitCode.USAGE, "categorizer.");
    }

    @Test
    void aRefusedJobCanStillGoOnOnceAllIsAsBefore() throws Exception {
        begin();
        cli.write("categories.txt", "Other");
        begin().refused(ExitCode.USAGE, "category");
        cli.write("categories.txt", "Billing", "Login");
        begin().is(ExitCode.STOPPED_BY_LIMIT);
        begin().is(ExitCode.DONE);
    }

    @Test
    void aJobThatSomebodyElseRunsIsLeftAlone() {
        String id = id(begin());
        try (CheckpointStore store = Wiring.store(cli.workspace());
                JobLease lease = store.acquire(id, new Holder(4711, "elsewhere", Instant.EPOCH))) {
            begin().refused(ExitCode.LOCKED, id, "4711", "elsewhere");
            cli.job("resume").refused(ExitCode.LOCKED, id);
            assertThat(cli.job("status", "--json").is(ExitCode.DONE).lastJson())
                    .containsEntry("job", lease.job().id())
                    .containsEntry("left", 18L);
        }
        begin().is(ExitCode.STOPPED_BY_LIMIT);
    }

    @Test
    void anotherConcurrencyIsNoOtherJob() {
        begin();
        begin("-j", "3").is(ExitCode.STOPPED_BY_LIMIT);
    }
}

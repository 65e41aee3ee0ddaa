package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.fakellm.BatchAccount;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Oracle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known rows that ride along with a language model's questions, from the command line to the server. */
class SentinelRunTest {
    private static final int ROWS = 1_600;

    @TempDir
    Path folder;

    private Cli cli = new Cli(Path.of("unused"));
    private Path categories = Path.of("unused");
    private Path input = Path.of("unused");

    @BeforeEach
    void files() throws Exception {
        cli = new Cli(folder);
        categories = cli.write("categories.txt", "Billing", "Login");
        input = cli.write(
                "in.csv",
                Stream.concat(
                                Stream.of("text,team"),
                                IntStream.rangeClosed(1, ROWS).mapToObj(i -> text(i) + "," + team(i)))
                        .toArray(String[]::new));
        gold("gold.csv", 0);
    }

    private static String text(int row) {
        return (row % 2 == 0 ? "the invoice " : "my password ") + row;
    }

    private static String team(int row) {
        return row % 2 == 0 ? "Billing" : "Login";
    }

    /** @param shift 1 to make all labels wrong */
    private void gold(String name, int shift) throws Exception {
        cli.write(
                name,
                Stream.concat(
                                Stream.of("text,team"),
                                IntStream.range(10_000, 10_060).mapToObj(i -> text(i) + "," + team(i + shift)))
                        .toArray(String[]::new));
    }

    private static FakeLlm server() throws Exception {
        return FakeLlm.builder()
                .oracle(Oracle.byKeywords(Map.of("invoice", "Billing", "password", "Login")))
                .start();
    }

    private Cli.Result run(FakeLlm server, String... more) {
        return cli.run(
                input,
                categories,
                Stream.concat(
                                Stream.of(
                                        "--model=gpt-5-nano",
                                        "--base-url=" + server.baseUrl(),
                                        "--text-column=text",
                                        "--concurrency=4",
                                        "--yes"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private Map<String, Object> sentinels(Map<String, Object> event) {
        @SuppressWarnings("unchecked")
        Map<String, Object> map = (Map<String, Object>) event.get("sentinels");
        return map;
    }

    private String gold() {
        return "--gold=" + cli.path("gold.csv");
    }

    @Test
    void theOutputIsTheSameAsWithoutThemAndTheFiguresAreTold() throws Exception {
        try (FakeLlm server = server()) {
            assertThat(run(server, "--output", cli.path("plain.csv").toString(), "--fresh", "--json")
                            .is(ExitCode.DONE)
                            .lastJson())
                    .containsEntry("sentinels", null);
            long plain = server.stats().calls();
            Cli.Result result =
                    run(server, gold(), "--truth=team", "--fresh", "--json").is(ExitCode.DONE);
            assertThat(server.stats().calls()).isEqualTo(2 * plain);
            assertThat(Files.readString(cli.path("output.csv"))).isEqualTo(Files.readString(cli.path("plain.csv")));

            Map<String, Object> figures = sentinels(result.lastJson());
            assertThat((Long) figures.get("judged"))
                    .isBetween(ROWS / 80L, ROWS / 20L)
                    .isEqualTo(figures.get("right"));
            assertThat(figures).containsEntry("discarded", 0L).containsKeys("share", "low", "high");
            assertThat(result.json())
                    .filteredOn(event -> "progress".equals(event.get("type")))
                    .allSatisfy(event -> assertThat(event).containsKey("sentinels"));
        }
    }

    @Test
    void rowsOfTheInputRideAlongAndEvaluateKnowsTheirColumn() throws Exception {
        try (FakeLlm server = server()) {
            Cli.Result result = run(server, "--truth=team").is(ExitCode.DONE);
            assertThat(result.err())
                    .containsPattern("sentinels +\\d+ of \\d+ known rows answered rightly in this run \\(100");
            assertThat(Files.readAllLines(cli.path("output.csv"))).hasSize(ROWS + 1);
            assertThat(cli.job("evaluate").is(ExitCode.DONE).out()).contains("right", "100");
            long calls = server.stats().calls();
            assertThat(run(server, "--truth=team").is(ExitCode.DONE).err()).contains("nothing left to do");
            cli.job("rebuild").is(ExitCode.DONE);
            assertThat(server.stats().calls()).isEqualTo(calls);
        }
    }

    @Test
    void aJobBelowItsFloorPausesAndGoesOnWithALowerOne() throws Exception {
        gold("gold.csv", 1);
        try (FakeLlm server = server()) {
            Cli.Result paused =
                    run(server, gold(), "--truth=team", "--sentinel-floor=0.8").is(ExitCode.STOPPED_BY_LIMIT);
            assertThat(paused.err())
                    .contains("known rows answered wrongly")
                    .containsPattern("\\d+ of \\d+ \\(0%\\)")
                    .contains("at least 80% were asked for", "next      ", "resume");
            assertThat(server.stats().calls()).isLessThan(ROWS / 20);
            assertThat(cli.job("status", "--json").lastJson()).containsEntry("reason", "DRIFT");
            cli.job("resume").is(ExitCode.STOPPED_BY_LIMIT);
            Cli.Result done = run(server, gold(), "--truth=team", "--json").is(ExitCode.DONE);
            assertThat(sentinels(done.lastJson())).containsEntry("right", 0L);
            requireRightOutput();
        }
    }

    @Test
    void anotherGoldFileIsAnotherJob() throws Exception {
        gold("gold.csv", 1);
        try (FakeLlm server = server()) {
            run(server, gold(), "--truth=team", "--sentinel-floor=0.8").is(ExitCode.STOPPED_BY_LIMIT);
            gold("gold.csv", 0);
            cli.job("resume").refused(ExitCode.USAGE, "categorizer.sentinels: its content has changed");
        }
    }

    /** Flags, and what the refusal says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--gold=GOLD | which of its columns holds the right categories",
                "--sentinel-floor=0.8 | --sentinel-floor needs rows",
                "--sentinel-floor=80 --truth=team | 80.0 % is 0.8",
                "--truth=taem | did you mean \"team\"?",
                "--truth=text | both as text and with --truth",
                "--truth=team --sub-batch-size=2 | --sub-batch-size is 2",
                "--truth=team --gold=GOLD.no | gold.csv.no does not exist"
            })
    void flagsThatMakeNoSenseAreRefusedBeforeAnythingIsSent(String flags, String says) throws Exception {
        try (FakeLlm server = server()) {
            Cli.Result result = run(
                    server,
                    List.of(flags.replace("GOLD", cli.path("gold.csv").toString())
                                    .split(" "))
                            .toArray(String[]::new));
            assertThat(result.err()).contains(says);
            assertThat(result.code()).isIn(ExitCode.USAGE, ExitCode.INPUT_UNREADABLE);
            assertThat(server.stats().calls()).isZero();
        }
    }

    @Test
    void theyRideInTheSlowLaneToo() throws Exception {
        try (FakeLlm server = server()) {
            Cli.Result result = run(
                            server,
                            gold(),
                            "--truth=team",
                            "--option",
                            "lane=batch",
                            "--option",
                            "lane-poll=50ms",
                            "--json")
                    .is(ExitCode.DONE);
            Map<String, Object> figures = sentinels(result.lastJson());
            assertThat((Long) figures.get("judged")).isPositive().isEqualTo(figures.get("right"));
            assertThat(server.stats().calls())
                    .as("calls that did not take the lane")
                    .isZero();
            assertThat(server.lane().batches().stream()
                            .mapToLong(BatchAccount::requests)
                            .sum())
                    .isEqualTo(ROWS / 20);
            requireRightOutput();
        }
    }

    @Test
    void theyRideBehindACascade() throws Exception {
        try (FakeLlm server = server()) {
            Cli.Result result = run(server, gold(), "--truth=team", "--option", "cascade=0.9", "--json")
                    .is(ExitCode.DONE);
            Map<String, Object> figures = sentinels(result.lastJson());
            assertThat((Long) figures.get("judged")).isPositive().isEqualTo(figures.get("right"));
            assertThat(Files.readAllLines(cli.path("output.csv"))).hasSize(ROWS + 1);
        }
    }

    private void requireRightOutput() throws Exception {
        for (String line : Files.readAllLines(cli.path("output.csv")).subList(1, ROWS + 1)) {
            String[] cells = line.split(",");
            assertThat(cells[2]).isEqualTo(cells[1]);
        }
    }

    @Test
    void theOfflineClassifierIsNotWatched() {
        cli.run(input, categories, "--text-column=text", "--truth=team", "--gold=x.csv")
                .refused(ExitCode.USAGE, "--gold", "evaluate");
        cli.run(input, categories, "--text-column=text", "--truth=team").is(ExitCode.DONE);
        assertThat(cli.job("evaluate").is(ExitCode.DONE).out()).contains("right");
    }
}

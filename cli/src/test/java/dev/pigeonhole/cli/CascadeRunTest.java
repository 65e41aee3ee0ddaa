package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Jobs with {@code --cascade}, from the command line, with the real store and classifier, and a fake server. */
class CascadeRunTest {
    private static final int ROWS = 3_000;

    @TempDir
    Path folder;

    private Cli cli;
    private Path input;
    private Path categories;

    @BeforeEach
    void files() throws Exception {
        cli = new Cli(folder);
        input = cli.write(
                "rows.csv",
                Stream.concat(Stream.of("text"), IntStream.rangeClosed(1, ROWS).mapToObj(CascadeRunTest::text))
                        .toArray(String[]::new));
        categories = cli.write("c.txt", "Billing", "Login");
    }

    private static String text(int row) {
        return (row % 2 == 0 ? "the invoice " : "my password ") + row;
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
                                Stream.of("--model=gpt-5-nano", "--json", "--base-url=" + server.baseUrl()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void mostRowsAreAnsweredWithoutAskingAndTheSummarySaysWhatWasSaved() throws Exception {
        try (FakeLlm server = server()) {
            Cli.Result result = run(server, "--cascade=0.95").is(ExitCode.DONE);
            Map<?, ?> cascade = (Map<?, ?>) result.lastJson().get("cascade");
            long local = ((Number) cascade.get("local")).longValue();
            assertThat(local).isGreaterThan(ROWS / 2);
            assertThat(server.stats().itemsAsked()).isEqualTo(ROWS - local);
            assertThat(((Number) cascade.get("agreement")).doubleValue()).isEqualTo(1);
            assertThat(((Number) cascade.get("agreement_low")).doubleValue()).isBetween(0.95, 1.0);
            assertThat(((Number) cascade.get("calls_saved")).longValue()).isPositive();
            assertThat(((Number) cascade.get("usd_saved")).doubleValue()).isPositive();
            assertThat(result.err())
                    .containsPattern(
                            "cascade   [\\d,]+ of 3,000 rows \\(\\d\\d\\.\\d%\\) answered on this machine: about")
                    .containsPattern("agreement 100\\.0% of all rows as the model answers, by .* wanted 95\\.0%");
            List<String> lines = Files.readAllLines(folder.resolve("output.csv"));
            assertThat(lines.stream().filter(line -> line.endsWith(",local"))).hasSize((int) local);
            for (int row = 1; row <= ROWS; row++) {
                assertThat(lines.get(row)).startsWith(text(row) + (row % 2 == 0 ? ",Billing" : ",Login"));
            }
        }
    }

    @Test
    void aJobKnowsItsCascadeWhenItIsTakenUpById() throws Exception {
        try (FakeLlm server = server()) {
            run(server, "--cascade=0.95", "--max-cost=0.0005").is(ExitCode.STOPPED_BY_LIMIT);
            Cli.Result resumed = cli.job("resume", "--json", "--max-cost=5").is(ExitCode.DONE);
            Map<?, ?> cascade = (Map<?, ?>) resumed.lastJson().get("cascade");
            assertThat(server.stats().itemsAsked() + ((Number) cascade.get("local")).longValue())
                    .isEqualTo(ROWS);
        }
    }

    @Test
    void anotherTargetIsRefusedWithTheDifference() throws Exception {
        try (FakeLlm server = server()) {
            run(server, "--cascade=0.95", "--max-cost=0.0005").is(ExitCode.STOPPED_BY_LIMIT);
            assertThat(run(server, "--cascade=0.9").is(ExitCode.USAGE).err()).contains("cascade");
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        assertThat(cli.run(input, categories, "--cascade=0.95")
                        .is(ExitCode.USAGE)
                        .err())
                .contains("the provider local calls nobody, so it has no --cascade");
        try (FakeLlm server = server()) {
            assertThat(run(server, "--cascade=95").is(ExitCode.USAGE).err()).contains("from 0.5 to 0.999");
            assertThat(run(server, "--cascade=high").is(ExitCode.USAGE).err()).contains("found \"high\"");
            assertThat(run(server, "--cascade-seed=7").is(ExitCode.USAGE).err()).contains("without cascade");
            assertThat(run(server, "--cascade=0.9", "--cascade-seed=x")
                            .is(ExitCode.USAGE)
                            .err())
                    .contains("cascade-seed must be a whole number");
            assertThat(server.stats().calls()).isZero();
        }
    }

    @Test
    void rebuildMakesTheSameOutputWithoutACall() throws Exception {
        try (FakeLlm server = server()) {
            run(server, "--cascade=0.95").is(ExitCode.DONE);
            byte[] before = Files.readAllBytes(folder.resolve("output.csv"));
            long calls = server.stats().calls();
            cli.job("rebuild", "--json").is(ExitCode.DONE);
            assertThat(Files.readAllBytes(folder.resolve("output.csv"))).isEqualTo(before);
            assertThat(server.stats().calls()).isEqualTo(calls);
        }
    }

    @Test
    void anEstimateSaysThatTheCascadeIsNotInItsFigures() throws Exception {
        String[] asked = {"estimate", input.toString(), "-c", categories.toString(), "--model=gpt-5-nano"};
        assertThat(cli.job(asked[0], asked[1], asked[2], asked[3], asked[4], "--cascade=0.95")
                        .is(ExitCode.DONE)
                        .out())
                .contains("cascade     what it spares is not known before the run");
        assertThat(cli.job(asked).is(ExitCode.DONE).out()).doesNotContain("cascade");
    }
}

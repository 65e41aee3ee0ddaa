package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.pigeonhole.fakellm.BatchSettings;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Oracle;
import dev.pigeonhole.llm.money.TokenCounter;
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

/** What a job will cost, by models and lanes, what trials make of that, and what the bill says to it. */
class QuoteTest {
    private static final int ROWS = 400;
    private static final String MODEL = "gpt-5-nano";
    private static final String OTHER = "gpt-5-mini";

    @TempDir
    Path folder;

    private Cli cli;
    private Path input;
    private Path categories;

    @BeforeEach
    void files() throws Exception {
        cli = new Cli(folder);
        categories = cli.write("categories.txt", "Billing", "Login", "Delivery");
        input = tickets(3);
    }

    /** Every n-th label is another than the server will answer. */
    private Path tickets(int kinds) throws Exception {
        return cli.write(
                "tickets.csv",
                Stream.concat(
                                Stream.of("text,team"),
                                IntStream.rangeClosed(1, ROWS).mapToObj(i -> text(i, kinds) + "," + team(i)))
                        .toArray(String[]::new));
    }

    private static String text(int row, int kinds) {
        return switch (row % kinds) {
            case 0 -> "the invoice of order " + row + " is wrong and I have written to you about it before";
            case 1 -> "my password number " + row + " does not work";
            default -> "parcel " + row + " has not come";
        };
    }

    private static String team(int row) {
        if (row % 10 == 0) {
            return "Delivery".equals(right(row)) ? "Login" : "Delivery";
        }
        return right(row);
    }

    private static String right(int row) {
        return List.of("Billing", "Login", "Delivery").get(row % 3);
    }

    private static FakeLlm.Builder server() {
        return FakeLlm.builder()
                .oracle(Oracle.byKeywords(Map.of("invoice", "Billing", "password", "Login", "parcel", "Delivery")));
    }

    private Cli.Result say(FakeLlm server, String command, String... more) {
        return cli.job(Stream.concat(
                        Stream.of(
                                command,
                                input.toString(),
                                "-c",
                                categories.toString(),
                                "-t",
                                "text",
                                "--base-url",
                                server.baseUrl().toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static Map<String, Object> line(Map<String, Object> estimate, String model, String lane) {
        return list(estimate, "lines").stream()
                .filter(line -> model.equals(line.get("model")) && lane.equals(line.get("lane")))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> json, String name) {
        return (List<Map<String, Object>>) json.get(name);
    }

    private static double number(Map<?, ?> json, String name) {
        return ((Number) json.get(name)).doubleValue();
    }

    private static Map<?, ?> object(Map<?, ?> json, String name) {
        return (Map<?, ?>) json.get(name);
    }

    @Test
    void modelsAndLanesAreSideBySideAndNobodyIsCalled() throws Exception {
        try (FakeLlm server = server().start()) {
            String text = say(server, "estimate", "--models", MODEL + "," + OTHER)
                    .is(ExitCode.DONE)
                    .out();
            assertThat(text)
                    .containsPattern("gpt-5-nano +sync +20 +\\S+.* +not known +not known")
                    .containsPattern("gpt-5-nano +batch +20 .*up to 24 h")
                    .containsPattern("gpt-5-mini +cascade +20 +at most ")
                    .contains("what it spares is not known before the run")
                    .contains("not tried yet")
                    .doesNotContain("$0.00 ");
            Map<String, Object> json = say(server, "estimate", "--models", MODEL + "," + OTHER, "--json")
                    .lastJson();
            assertThat(list(json, "lines")).hasSize(6);
            assertThat(number(line(json, MODEL, "batch"), "cost_most_usd"))
                    .isLessThan(number(line(json, MODEL, "sync"), "cost_most_usd"));
            assertThat(number(line(json, MODEL, "batch"), "cost_expected_usd"))
                    .isCloseTo(number(line(json, MODEL, "sync"), "cost_expected_usd") / 2, offset(1e-7));
            assertThat(line(json, MODEL, "cascade"))
                    .containsEntry("cost_least_usd", null)
                    .containsEntry("cost_expected_usd", null);
            assertThat(list(json, "pairs")).isEmpty();
            assertThat(server.stats().calls()).isZero();
        }
    }

    @Test
    void oneModelIsEstimatedAsBeforeWithTheBatchLaneBesideIt() throws Exception {
        try (FakeLlm server = server().start()) {
            assertThat(say(server, "estimate", "--model", MODEL, "--rpm", "10")
                            .is(ExitCode.DONE)
                            .out())
                    .contains("calls       20")
                    .containsPattern("cost        .*likely.*\\(price of gpt-5-nano as of 20\\d\\d-")
                    .containsPattern("time        at least 2 min 0 s at the limits given")
                    .containsPattern("batch       .*, up to 24 h")
                    .contains("agreement   not known");
        }
    }

    @Test
    void aLaneThatIsNamedIsTheOnlyOneShown() throws Exception {
        try (FakeLlm server = server().start()) {
            Map<String, Object> batch = say(server, "estimate", "--models", MODEL, "--lane", "batch", "--json")
                    .is(ExitCode.DONE)
                    .lastJson();
            assertThat(list(batch, "lines"))
                    .extracting(line -> line.get("lane"))
                    .containsExactly("batch");
            assertThat(batch.get("cost_most_usd"))
                    .isEqualTo(line(batch, MODEL, "batch").get("cost_most_usd"));
            assertThat(list(
                            say(server, "estimate", "--models", MODEL, "--lane", "both", "--json")
                                    .lastJson(),
                            "lines"))
                    .hasSize(3);
            say(server, "estimate", "--models", MODEL, "--lane", "fast").refused(ExitCode.USAGE, "sync, batch, both");
        }
    }

    @Test
    void modelsAreComparedOnlyWhereThereAreSome() {
        cli.job("estimate", input.toString(), "-c", categories.toString(), "--models", MODEL, "--model", OTHER)
                .refused(ExitCode.USAGE, "--model and --models");
        cli.job("estimate", input.toString(), "-c", categories.toString(), "--models", MODEL, "-p", "local")
                .refused(ExitCode.USAGE, "--models compares language models");
    }

    @Test
    void aTrialPutsTheQuoteRightAndSaysHowManyAnswersAreAsLabelled() throws Exception {
        try (FakeLlm server = server().start()) {
            Map<String, Object> trial = say(server, "try", "--model", MODEL, "-n", "100", "--truth", "team", "--json")
                    .is(ExitCode.DONE)
                    .lastJson();
            Map<?, ?> measured = object(trial, "measured");
            assertThat(number(measured, "rows")).isEqualTo(100);
            assertThat(number(measured, "calls")).isEqualTo(5);
            assertThat(number(measured, "cost_ratio"))
                    .isBetween(number(measured, "cost_ratio_low"), number(measured, "cost_ratio_high"));
            assertThat(number(object(measured, "labels"), "of")).isEqualTo(100);
            assertThat(number(object(measured, "labels"), "same")).isBetween(80.0, 97.0);
            assertThat(number(trial, "file_cost_usd"))
                    .isBetween(number(trial, "file_cost_least_usd"), number(trial, "file_cost_most_usd"));

            assertThat(say(server, "estimate", "--model", MODEL).out())
                    .contains("measured on 100 rows in 5 calls; price of gpt-5-nano")
                    .contains("of calls, as measured")
                    .containsPattern("agreement   \\d\\d of 100 \\(\\d\\d\\.\\d–\\d\\d\\.\\d %\\) rows as labelled");
            assertThat(server.bill().texts()).isEqualTo(100);
        }
    }

    @Test
    void modelsThatWereTriedOnTheSameRowsAreComparedWithEachOther() throws Exception {
        try (FakeLlm server = server().start()) {
            say(server, "try", "--model", MODEL, "-n", "40").is(ExitCode.DONE);
            say(server, "try", "--model", OTHER, "-n", "40").is(ExitCode.DONE);
            Cli.Result result = say(server, "estimate", "--models", MODEL + "," + OTHER);
            assertThat(result.out())
                    .contains(
                            "gpt-5-nano and gpt-5-mini gave the same answer to 40 of 40 (91.2–100.0 %); that says nothing"
                                    + " of which is right")
                    .doesNotContain("not tried yet");
        }
    }

    @Test
    void aTrialThatHadAllForNothingKeepsWhatTheOneBeforeHasMeasured() throws Exception {
        try (FakeLlm server = server().start()) {
            say(server, "try", "--model", MODEL, "-n", "60").is(ExitCode.DONE);
            Map<?, ?> again = object(
                    say(server, "try", "--model", MODEL, "-n", "60", "--json").lastJson(), "measured");
            assertThat(number(again, "calls")).isEqualTo(3);
            assertThat(again.get("cost_ratio")).isNotNull();
        }
    }

    @Test
    void otherCategoriesAreAnotherQuestion() throws Exception {
        try (FakeLlm server = server().start()) {
            say(server, "try", "--model", MODEL, "-n", "40").is(ExitCode.DONE);
            categories = cli.write("more.txt", "Billing", "Login", "Delivery", "Other");
            assertThat(say(server, "estimate", "--model", MODEL).out()).doesNotContain("measured on");
        }
    }

    /** The bill is that of the server's usage; the quote is said before a call is made. */
    @Test
    void afterATrialBillAndQuoteAreLessThanATenthApart() throws Exception {
        try (FakeLlm server = server().start()) {
            say(server, "try", "--model", MODEL, "-n", "60").is(ExitCode.DONE);
            Map<String, Object> summary = run(server);
            Map<?, ?> quote = object(summary, "quote");
            assertThat(number(quote, "difference_percent")).isBetween(-10.0, 10.0);
            assertThat(number(object(summary, "bill"), "cost_usd"))
                    .isBetween(0.9 * number(quote, "cost_least_usd"), 1.1 * number(quote, "cost_most_usd"));
            assertThat(cli.job("status").out())
                    .containsPattern("cost      .*; quoted .* before the start \\([+-]\\d %\\)");
        }
    }

    /** The server counts as its model does; no trial has told anything. */
    @ParameterizedTest
    @CsvSource({"sync, false", "batch, false", "batch, true"})
    void withoutATrialBillAndQuoteAreLessThanATenthApart(String lane, boolean cacheable) throws Exception {
        categories = cacheable ? longList() : categories;
        try (FakeLlm server = server().tokens(TokenCounter.forModel(MODEL)::count)
                .batches(BatchSettings.USUAL)
                .start()) {
            Map<String, Object> summary = run(server, "--lane", lane, "--option", "lane-poll=20ms");
            Map<?, ?> quote = object(summary, "quote");
            double difference = number(quote, "difference_percent");
            double bill = number(object(summary, "bill"), "cost_usd");
            assertThat(difference).isBetween(-10.0, 10.0);
            assertThat(difference).isCloseTo(100 * (bill / number(quote, "cost_expected_usd") - 1), offset(0.06));
        }
    }

    /** A list so long that a prompt with it is served from the cache, where there is one. */
    private Path longList() throws Exception {
        return cli.write(
                "long.yaml",
                Stream.concat(
                                Stream.of("categories:"),
                                Stream.of("Billing", "Login", "Delivery")
                                        .map(name -> "  - {name: " + name + ", description: \""
                                                + "what the handbook says about it, ".repeat(60) + "\"}"))
                        .toArray(String[]::new));
    }

    /** What the cache has spared says nothing of batches, which it may not serve. */
    @Test
    void aTrialOfTheOtherLaneDoesNotPutAQuoteRightThatDependsOnTheCache() throws Exception {
        categories = longList();
        try (FakeLlm server = server().start()) {
            say(server, "try", "--model", MODEL, "-n", "60").is(ExitCode.DONE);
            Map<String, Object> after =
                    say(server, "estimate", "--models", MODEL, "--json").lastJson();
            assertThat((String) line(after, MODEL, "batch").get("price_basis")).doesNotContain("measured on");
            assertThat((String) line(after, MODEL, "sync").get("price_basis")).contains("measured on");
        }
    }

    @Test
    void throughTheBatchLaneBillAndQuoteAreLessThanATenthApartAndHalfAsHigh() throws Exception {
        try (FakeLlm server = server().start()) {
            say(server, "try", "--model", MODEL, "-n", "60").is(ExitCode.DONE);
            Map<String, Object> both =
                    say(server, "estimate", "--model", MODEL, "--json").lastJson();
            Map<String, Object> summary = run(server, "--lane", "batch");
            Map<?, ?> quote = object(summary, "quote");
            assertThat(number(quote, "difference_percent")).isBetween(-10.0, 10.0);
            assertThat(number(quote, "cost_expected_usd"))
                    .isCloseTo(number(both, "cost_expected_usd") / 2, offset(1e-7));
            assertThat(server.bill().billedMoreThanOnce()).isZero();
        }
    }

    private Map<String, Object> run(FakeLlm server, String... more) {
        return say(
                        server,
                        "run",
                        Stream.concat(
                                        Stream.of(
                                                "--model",
                                                MODEL,
                                                "-o",
                                                cli.path("o.csv").toString(),
                                                "--json"),
                                        Stream.of(more))
                                .toArray(String[]::new))
                .is(ExitCode.DONE)
                .lastJson();
    }
}

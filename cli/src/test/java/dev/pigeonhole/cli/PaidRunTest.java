package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that cost money: what is said before, shown meanwhile, capped, compared afterwards, and never paid again. */
class PaidRunTest {
    private static final String SECRET = "sk-canary-0123456789";

    @TempDir
    Path folder;

    private Cli cli;
    private Path input;
    private Path categories;

    @BeforeEach
    void files() throws Exception {
        cli = new Cli(folder);
        categories = cli.write("categories.txt", "A", "B", "C");
        // Forty texts, each of them twice.
        input = cli.write(
                "in.csv",
                Stream.concat(Stream.of("text"), IntStream.range(0, 80).mapToObj(i -> "text number " + i % 40))
                        .toArray(String[]::new));
    }

    private Cli.Result paid(String... more) {
        return cli.run(
                input,
                categories,
                Stream.concat(Stream.of("-p", "paid", "--sub-batch-size", "10"), Stream.of(more))
                        .toArray(String[]::new));
    }

    private static Map<String, Object> bill(Map<String, Object> json) {
        @SuppressWarnings("unchecked")
        Map<String, Object> bill = (Map<String, Object>) json.get("bill");
        return bill;
    }

    private static BigDecimal dollars(Object number) {
        return new BigDecimal(number.toString());
    }

    // ---- what is said before

    @Test
    void theEstimateIsSaidBeforeAndTheBillIsComparedWithIt() {
        Cli.Result result = paid("--option", "price=0.5", "--max-cost", "9").is(ExitCode.DONE);
        assertThat(result.err())
                .startsWith("estimate  4 calls · 440 tokens · $2.00–4.00 (price as of 2026-11-01)")
                .contains("cost      $2.00; quoted $2.00–4.00 before the start (-20 %) · 440 tokens");
        assertThat(cli.job("status").out())
                .contains("cost      $2.00; quoted $2.00–4.00 before the start (-20 %)", "calls     4");
    }

    @Test
    void anUnknownPriceIsNeverZero() {
        Cli.Result result = paid().is(ExitCode.DONE);
        assertThat(result.err())
                .contains("estimate  4 calls · 440 tokens · cost unknown (no price)")
                .contains("cost      unknown; quoted unknown before the start · 440 tokens")
                .doesNotContain("$0");
        assertThat(bill(cli.job("status", "--json").lastJson()))
                .containsEntry("cost_usd", null)
                .containsEntry("unpriced", 4L);
    }

    @Test
    void scriptsAreToldTheEstimateAndTheBill() {
        Cli.Result result =
                paid("--option", "price=0.5", "--max-cost", "9", "--json").is(ExitCode.DONE);
        assertThat(result.json().get(0)).containsEntry("type", "estimate").containsEntry("calls", 4L);
        assertThat(result.json())
                .filteredOn(event -> "progress".equals(event.get("type")))
                .allSatisfy(event -> assertThat(event).containsKey("bill"));
        Map<String, Object> bill = bill(result.lastJson());
        assertThat(bill)
                .containsEntry("sent", 4L)
                .containsEntry("answered", 4L)
                .containsEntry("unanswered", 0L)
                .containsEntry("input_tokens", 400L)
                .containsEntry("output_tokens", 40L);
        assertThat(dollars(bill.get("cost_usd"))).isEqualByComparingTo("2");
        assertThat(quote(result.lastJson()))
                .containsEntry("cost_expected_usd", 2.5)
                .containsEntry("difference_percent", -20.0);
        assertThat(quote(cli.job("status", "--json").lastJson())).isEqualTo(quote(result.lastJson()));
    }

    private static Map<String, Object> quote(Map<String, Object> json) {
        @SuppressWarnings("unchecked")
        Map<String, Object> quote = (Map<String, Object>) json.get("quote");
        return quote;
    }

    @Test
    void quietSaysNoEstimate() {
        Cli.Result result = paid("--quiet").is(ExitCode.DONE);
        assertThat(result.err() + result.out()).isEmpty();
    }

    @Test
    void aJobThatIsThereIsNotEstimatedAgain() {
        paid();
        assertThat(paid().err()).doesNotContain("estimate  ").contains("nothing left to do");
    }

    @Test
    void aPersonIsAskedBeforeMoreThanADollarIsSpentWithoutACap() {
        cli.answering("n");
        paid("--option", "price=0.5").is(ExitCode.USAGE);
        assertThat(cli.workspace()).doesNotExist();
        Cli.Result asked = cli.answering("y").run(input, categories, "-p", "paid", "--option", "price=0.5");
        assertThat(asked.is(ExitCode.DONE).err()).contains("go on? [y/N]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--yes --option price=0.5", "--max-cost 9 --option price=0.5", "--option price=0.01"})
    void nobodyIsAskedIfTheAnswerIsKnown(String flags) {
        cli.answering("n");
        assertThat(paid(flags.split(" ")).is(ExitCode.DONE).err()).doesNotContain("[y/N]");
    }

    @Test
    void aPersonIsAskedIfThePriceIsUnknown() {
        cli.answering("n");
        assertThat(paid().is(ExitCode.USAGE).err()).contains("go on? [y/N]", "not begun; nothing was sent");
    }

    // ---- the cap

    @Test
    void atTheCapTheJobPausesAndGoesOnWithAHigherOne() throws Exception {
        Cli.Result first = paid("--option", "price=0.5", "--max-cost", "1.2").is(ExitCode.STOPPED_BY_LIMIT);
        assertThat(first.err())
                .contains("--max-cost $1.20 is less than the estimate of $2.00–4.00")
                .contains("‖ Paused after ", "(money cap reached)")
                .contains("cost      $1.00; quoted $2.00–4.00 before the start ·")
                .containsPattern("next +pigeonhole resume \\w+ --max-cost … --workspace");
        cli.job("resume").is(ExitCode.STOPPED_BY_LIMIT);
        assertThat(cli.path("output.csv")).doesNotExist();

        Cli.Result last = cli.job("resume", "--max-cost", "2", "--json").is(ExitCode.DONE);
        assertThat(bill(last.lastJson())).containsEntry("sent", 4L);
        assertThat(Files.readAllLines(cli.path("output.csv"))).hasSize(81);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "99999999", "0.0000000000001"})
    void aCapThatIsNoneIsRefused(String cap) {
        paid("--max-cost", cap).refused(ExitCode.USAGE, "--max-cost must be");
    }

    // ---- the provider and its flags

    @Test
    void flagsOfModelsMakeNoSenseForTheLocalProvider() {
        cli.run(input, categories, "--rpm", "5", "--max-cost", "1")
                .refused(ExitCode.USAGE, "local calls nobody", "--max-cost, --rpm", "--model");
        cli.run(input, categories, "--base-url", "http://127.0.0.1/v1").refused(ExitCode.USAGE, "--base-url");
        cli.run(input, categories).is(ExitCode.DONE);
        String id = (String) cli.job("status", "--json").lastJson().get("job");
        cli.job("resume", id, "--rpm", "5").refused(ExitCode.USAGE, "local calls nobody");
    }

    @Test
    void aModelMeansTheProviderOpenai() {
        cli.run(input, categories, "--model", "m", "--base-url", "ftp://x").refused(ExitCode.USAGE, "https");
        cli.run(input, categories, "--provider", "openai").refused(ExitCode.USAGE, "no model is named");
    }

    @Test
    void theSameSettingTwiceIsRefused() {
        paid("--model", "a", "--option", "model=b").refused(ExitCode.USAGE, "--model", "twice");
    }

    @Test
    void flagsAreKeptWithTheJobAndCanBeOthersLater() {
        paid("--rpm", "5", "--tpm", "7", "--model", "m", "--fresh", "--option", "price=1", "--max-cost", "1")
                .is(ExitCode.STOPPED_BY_LIMIT);
        cli.job("resume", "--rpm", "0", "--tpm", "9", "--max-cost", "8").is(ExitCode.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "api-key", "API_KEY", "openai.api.key", "token", "password"})
    void aKeyAsAnOptionIsRefusedAndNotShown(String name) {
        for (String provider : List.of("paid", "local", "openai")) {
            Cli.Result result = cli.run(input, categories, "-p", provider, "--option", name + "=" + SECRET)
                    .refused(ExitCode.USAGE, "OPENAI_API_KEY", "--key-file");
            assertThat(result.err() + result.out()).doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--option " + SECRET, "--key " + SECRET, "--api-key=" + SECRET, "--key-file " + SECRET})
    void aKeyInAWrongPlaceIsNotShown(String flags) {
        Cli.Result result = cli.run(input, categories, ("-p paid " + flags).split(" "));
        assertThat(result.code()).isIn(ExitCode.USAGE, ExitCode.KEY_OR_QUOTA);
        assertThat(result.err() + result.out()).doesNotContain(SECRET);
        assertThat(cli.workspace()).doesNotExist();
    }

    @Test
    void aMissingKeyHasItsExitCodeAndLeavesNothing() {
        paid("--option", "without=key").refused(ExitCode.KEY_OR_QUOTA, "set PAID_KEY");
        assertThat(cli.workspace()).doesNotExist();
        cli.with("PIGEONHOLE_STDIN_TTY", "1").with("PIGEONHOLE_STDERR_TTY", "1");
        assertThat(paid("--option", "without=key").err()).doesNotContain("[y/N]");
    }

    // ---- calls without an answer

    @Test
    void callsThatMayHaveBeenBilledWithoutAnAnswerAreSaid() throws Exception {
        Path lost = cli.write("lost.csv", "text", "this one is lost");
        Cli.Result result = cli.run(lost, categories, "-p", "paid", "--option", "price=1", "--max-cost", "5");
        assertThat(result.is(ExitCode.STOPPED_BY_LIMIT).err())
                .contains("note      1 call may have been billed without an answer");
        assertThat(cli.job("status").out()).contains("1 call may have been billed without an answer");
        assertThat(bill(cli.job("list", "--json").lastJson())).containsEntry("unanswered", 1L);
    }

    // ---- estimate

    @Test
    void estimateNeedsNoKeyAndSaysCallsTokensCostAndTime() {
        Cli.Result result = cli.job(
                        "estimate",
                        input.toString(),
                        "-c",
                        categories.toString(),
                        "-p",
                        "paid",
                        "--option",
                        "price=0.5",
                        "--option",
                        "without=key",
                        "--rpm",
                        "2",
                        "--sub-batch-size",
                        "10")
                .is(ExitCode.DONE);
        assertThat(result.out())
                .contains("calls       4")
                .contains("distinct    40 texts")
                .contains("tokens      400 in, about 40 out")
                .contains("cost        $2.00–4.00, likely $2.50 (price as of 2026-11-01)")
                .contains("time        at least 2 min 0 s");
        assertThat(cli.workspace()).doesNotExist();
    }

    @Test
    void estimateOfAnUnknownPriceSaysUnknown() {
        String[] command = {"estimate", input.toString(), "-c", categories.toString(), "-p", "paid"};
        assertThat(cli.job(command).out()).contains("cost        unknown (no price)", "time        not known");
        assertThat(cli.job(Stream.concat(Stream.of(command), Stream.of("--json"))
                                .toArray(String[]::new))
                        .lastJson())
                .containsEntry("cost_least_usd", null)
                .containsEntry("cost_most_usd", null)
                .containsEntry("seconds", null)
                .containsEntry("input_tokens", 400L);
    }

    @Test
    void estimateOfAModelNeedsTheCategories() {
        cli.job("estimate", input.toString(), "--model", "m").refused(ExitCode.USAGE, "--categories");
    }

    @Test
    void estimateLeavesOutWhatWasPaidFor() throws Exception {
        paid().is(ExitCode.DONE);
        Path more = cli.write("more.csv", "text", "text number 1", "text number 2", "a new one");
        String[] command = {"estimate", more.toString(), "-c", categories.toString(), "-p", "paid", "--json"};
        assertThat(cli.job(command).lastJson())
                .containsEntry("known_texts", 2L)
                .containsEntry("calls", 1L)
                .containsEntry("input_tokens", 10L);
        assertThat(cli.job(Stream.concat(Stream.of(command), Stream.of("--fresh"))
                                .toArray(String[]::new))
                        .lastJson())
                .containsEntry("known_texts", 0L)
                .containsEntry("input_tokens", 30L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 1", "7 3", "1000 20", "33 1000"})
    void estimateCountsTheCallsThatARunThenMakes(String sizes) throws Exception {
        List<String> lines = IntStream.range(0, 3_000)
                .mapToObj(i -> "text " + (i * 7919L % 1_700))
                .toList();
        Path many = cli.write(
                "many.csv", Stream.concat(Stream.of("text"), lines.stream()).toArray(String[]::new));
        String[] flags = {
            "-p", "paid", "--batch-size", sizes.split(" ")[0], "--sub-batch-size", sizes.split(" ")[1], "--json"
        };
        Cli.Result estimate = cli.job(
                Stream.concat(Stream.of("estimate", many.toString(), "-c", categories.toString()), Stream.of(flags))
                        .toArray(String[]::new));
        Cli.Result run = cli.run(many, categories, flags).is(ExitCode.DONE);
        assertThat(bill(run.lastJson()))
                .containsEntry("sent", estimate.lastJson().get("calls"));
    }

    // ---- rebuild

    @Test
    void rebuildMakesTheOutputAnewWithoutACallAndWithoutAKey() throws Exception {
        paid("--option", "price=0.5", "--max-cost", "9", "--job", "may").is(ExitCode.DONE);
        byte[] output = Files.readAllBytes(cli.path("output.csv"));
        Files.delete(cli.path("output.csv"));
        Cli.Result again = cli.job("rebuild", "may", "--json").is(ExitCode.DONE);
        assertThat(bill(again.lastJson())).containsEntry("sent", 4L);
        assertThat(cli.path("output.csv")).exists();
        // The answers are the same; whether one came from an earlier row is told by the last column only.
        assertThat(Files.readAllLines(cli.path("output.csv"))).hasSize(81);
        assertThat(new String(output, java.nio.charset.StandardCharsets.UTF_8).replaceAll(",(cache|paid)\n", "\n"))
                .isEqualTo(cli.read("output.csv").replaceAll(",(cache|paid)\n", "\n"));
        cli.job("rebuild").is(ExitCode.DONE);
    }

    @Test
    void rebuildRefusesWhatItCannotDo() {
        cli.run(input, categories).is(ExitCode.DONE);
        cli.job("rebuild").refused(ExitCode.USAGE, "no stored answers");
        cli.job("rebuild", "nobody").refused(ExitCode.USAGE, "no job \"nobody\"");
        paid(
                        "--option",
                        "price=1",
                        "--max-cost",
                        "1",
                        "--output",
                        cli.path("two.csv").toString(),
                        "--job",
                        "two")
                .is(ExitCode.STOPPED_BY_LIMIT);
        cli.job("rebuild", "two").refused(ExitCode.USAGE, "is not finished");
    }

    // ---- try

    private Cli.Result trial(String... more) {
        return cli.job(Stream.concat(
                        Stream.of("try", input.toString(), "-c", categories.toString(), "-p", "paid"), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void tryShowsAnswersAndWhatTheyCost() {
        Cli.Result result = trial("-n", "10", "--option", "price=0.5", "--sub-batch-size", "10")
                .is(ExitCode.DONE);
        assertThat(result.err()).startsWith("estimate  1 call · ");
        assertThat(result.out().lines().filter(line -> line.contains("text number ")))
                .hasSize(10);
        assertThat(result.out())
                .contains("rows      10 = 10 categorized + 0 unmatched + 0 failed")
                .contains("calls     1, ")
                .contains("tokens    11.0 a row")
                .contains("cost      $0.5000")
                .contains("file      4 calls · $2.00–4.00, likely $2.00, as measured here (price as of 2026-11-01)");
    }

    @Test
    void tryTellsScriptsTheSame() {
        Map<String, Object> json = trial("-n", "10", "--option", "price=0.5", "--sub-batch-size", "10", "--json")
                .is(ExitCode.DONE)
                .lastJson();
        assertThat(json)
                .containsEntry("type", "trial")
                .containsEntry("categorized", 10L)
                .containsEntry("file_calls", 4L);
        assertThat((List<?>) json.get("rows")).hasSize(10);
        assertThat(dollars(json.get("file_cost_usd"))).isEqualByComparingTo("2");
        assertThat(bill(json)).containsEntry("sent", 1L);
    }

    @Test
    void aRunAfterATryDoesNotPayForItsRowsAgain() {
        trial("-n", "40").is(ExitCode.DONE);
        Cli.Result result = paid("--json").is(ExitCode.DONE);
        assertThat(result.json().get(0)).containsEntry("calls", 0L);
        assertThat(bill(result.lastJson())).containsEntry("sent", 0L);
        assertThat(result.lastJson()).containsEntry("categorized", 80L);
        assertThat(trial("-n", "5").is(ExitCode.DONE).out()).contains("calls     0");
    }

    @Test
    void aTryThatFailsSaysWhyAndHasTheExitCodeOfARun() throws Exception {
        input = cli.write("lost.csv", "text", "this one is lost");
        assertThat(trial().is(ExitCode.STOPPED_BY_LIMIT).err()).contains("Paused", "no answer; try later");
        trial("--option", "without=key").is(ExitCode.KEY_OR_QUOTA);
        trial("-n", "0").refused(ExitCode.USAGE, "--rows must be from 1 to 1000");
        input = cli.write("empty.csv", "text", "", " ");
        trial().refused(ExitCode.USAGE, "nothing to try");
    }

    @Test
    void aTrialIsAJobOfItsOwnAndItsFilesArePrivate() throws Exception {
        trial("-n", "3").is(ExitCode.DONE);
        assertThat(cli.job("list").out()).contains("(trial in.csv)");
        assertThat(cli.job("status").out()).contains("(trial in.csv)");
        paid().is(ExitCode.DONE);
        trial("-n", "5").is(ExitCode.DONE);
        assertThat(cli.job("status").out())
                .as("who names no job means no trial")
                .doesNotContain("trial");
        try (Stream<Path> files = Files.list(cli.workspace().resolve("trials"))) {
            assertThat(files.toList())
                    .as("rows and result of each, and what they measured")
                    .hasSize(5)
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file)).hasSize(2));
        }
    }
}

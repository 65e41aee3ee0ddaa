package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Fault;
import dev.pigeonhole.fakellm.FaultRule;
import dev.pigeonhole.fakellm.Oracle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code try --sweep}: how many rows a call may have, found out on the user's own rows. */
class SweepTest {
    private static final List<String> CATEGORIES = List.of("Billing", "Login", "Delivery");
    private static final List<String> WORDS = List.of("invoice", "password", "parcel");
    private static final int ROWS = 500;

    @TempDir
    Path folder;

    private Cli cli;
    private Path input;
    private Path categories;

    @BeforeEach
    void files() throws Exception {
        cli = new Cli(folder);
        categories = cli.write("categories.txt", CATEGORIES.toArray(String[]::new));
        input = cli.write(
                "tickets.csv",
                Stream.concat(
                                Stream.of("text,team"),
                                IntStream.range(0, ROWS)
                                        .mapToObj(i -> "my " + WORDS.get(i % 3) + " number " + i + ","
                                                + (i % 50 == 7 ? "" : CATEGORIES.get(i % 3))))
                        .toArray(String[]::new));
    }

    private static FakeLlm.Builder server() {
        return FakeLlm.builder()
                .oracle(Oracle.byKeywords(Map.of("invoice", "Billing", "password", "Login", "parcel", "Delivery")));
    }

    /** Of a hundred rows a call, a fifth is wrong. */
    private static FakeLlm.Builder tired() {
        return FakeLlm.builder()
                .oracle(Oracle.byKeywords(Map.of("invoice", "Billing", "password", "Login", "parcel", "Delivery"))
                        .withErrorsBySize(0.002, 3));
    }

    private Cli.Result sweep(String sizes, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "try", input.toString(), "-c", categories.toString(), "--sweep", sizes, "--text-column", "text"));
        args.addAll(List.of(more));
        return cli.job(args.toArray(String[]::new));
    }

    private Cli.Result sweep(FakeLlm server, String sizes, String... more) {
        return sweep(
                sizes,
                Stream.concat(
                                Stream.of(
                                        "--model",
                                        "gpt-5-nano",
                                        "--base-url",
                                        server.baseUrl().toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private Cli.Result paid(String sizes, String... more) {
        return sweep(
                sizes,
                Stream.concat(Stream.of("-p", "paid", "--rows", "40"), Stream.of(more))
                        .toArray(String[]::new));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> sizes(Map<String, Object> json) {
        return (List<Map<String, Object>>) json.get("sizes");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, Object> json, String name) {
        return (Map<String, Object>) json.get(name);
    }

    @Test
    void byTheTruthTheLargestSizeInsideTheToleranceIsNamed() throws Exception {
        try (FakeLlm server = tired().start()) {
            Cli.Result result = sweep(server, "40,4,8", "--truth", "team", "--tolerance", "0.03");
            assertThat(result.is(ExitCode.DONE).out().lines().limit(6))
                    .anySatisfy(line -> assertThat(line)
                            .isEqualTo(
                                    "400 rows, judged by team (left out: 10 rows without a label, 0 with one that is no"
                                            + " category)"))
                    .anySatisfy(line -> assertThat(line).matches(" +4 +100 .* \\(compared with\\) .*"))
                    .anySatisfy(line -> assertThat(line).matches(" +8 +50 .* inside .*"))
                    .anySatisfy(line -> assertThat(line).matches(" +40 +10 .* too much .*"));
            assertThat(result.out())
                    .containsPattern("use        --sub-batch-size 8: loses no more than 3 points against 4"
                            + " \\(95 % sure: -\\d\\.\\d at worst\\), costs \\d+ % less")
                    .contains("beyond     40 a call loses more than that")
                    .contains("for all sizes; these answers are not kept for a run, which asks anew");
            assertThat(result.out().lines()).allMatch(line -> line.length() <= 120);
            assertThat(result.err())
                    .contains("estimate  160 calls")
                    .contains("asking    400 rows, 4 a call", "asking    400 rows, 40 a call");
            assertThat(server.bill().texts()).isEqualTo(400);
            assertThat(server.stats().calls()).isEqualTo(160);
        }
    }

    @Test
    void scriptsAreToldTheSame() throws Exception {
        try (FakeLlm server = tired().start()) {
            Cli.Result result =
                    sweep(server, "8,40", "--truth", "team", "--json").is(ExitCode.DONE);
            assertThat(result.json().get(0)).containsEntry("type", "estimate").containsEntry("calls", 60L);
            Map<String, Object> json = result.lastJson();
            assertThat(json)
                    .containsEntry("type", "sweep")
                    .containsEntry("measure", "accuracy")
                    .containsEntry("judged_by", "team")
                    .containsEntry("rows", 400L)
                    .containsEntry("without_label", 10L)
                    .containsEntry("complete", true)
                    .containsEntry("first", null)
                    .containsEntry("use", 8L);
            assertThat(part(json, "beyond"))
                    .containsEntry("size", 40L)
                    .containsEntry("verdict", "outside")
                    .containsEntry("rows_needed", null);
            Map<String, Object> large = sizes(json).get(1);
            assertThat(large)
                    .containsEntry("calls", 10L)
                    .containsEntry("state", "completed")
                    .containsEntry("verdict", "outside")
                    .containsEntry("file_calls", 13L);
            Map<String, Object> difference = part(large, "difference");
            assertThat(difference).containsEntry("pairs", 400L).containsEntry("gained", 0L);
            double lost = JsonText.number(difference, "lost") / 400.0;
            assertThat((Double) difference.get("value")).isEqualTo(-lost);
            assertThat((Double) part(large, "right").get("value")).isBetween(0.87, 0.97);
            // The sample is four fifths of the file, cost a row is about the same.
            double ofFile = ((Number) large.get("file_cost_usd")).doubleValue();
            double thousand = ((Number) large.get("usd_per_1000")).doubleValue();
            assertThat(ofFile).isBetween(thousand * 0.48, thousand * 0.56);
        }
    }

    @Test
    void withoutLabelsTheSmallestSizeIsAskedTwiceAndComparedWith() throws Exception {
        try (FakeLlm server = tired().start()) {
            Map<String, Object> json = sweep(server, "5,8,100", "--rows", "300", "--json")
                    .is(ExitCode.DONE)
                    .lastJson();
            assertThat(json).containsEntry("measure", "agreement").containsEntry("use", 8L);
            assertThat(part(json, "first")).containsEntry("calls", 60L);
            assertThat(part(sizes(json).get(0), "right")).containsEntry("value", 1.0);
            assertThat(sizes(json))
                    .extracting(size -> size.get("verdict"))
                    .containsExactly("reference", "inside", "outside");
            assertThat(server.stats().calls()).isEqualTo(60 + 60 + 38 + 3);
        }
    }

    @Test
    void aPersonIsToldTheCeilingAndHowManyRowsWouldTell() throws Exception {
        try (FakeLlm server = server().start()) {
            assertThat(sweep(server, "10,20", "--rows", "60").is(ExitCode.DONE).out())
                    .contains(
                            "60 rows, compared with what 10 rows a call said first; which answers are right, nobody knows")
                    .contains("ceiling    asked again, 10 rows a call gives 100.0 % of the same answers")
                    .contains(
                            "use        --sub-batch-size 10: of 20 a call it is not shown that it loses no more than 2"
                                    + " points against 10")
                    .contains(
                            "beyond     20 a call cannot be told from so few rows; about 140 would be needed: --rows 140");
        }
    }

    @Test
    void eachSizeIsAskedItselfAndLeavesNothingBehind() throws Exception {
        try (FakeLlm server = server().start()) {
            String[] run = {
                "--model", "gpt-5-nano", "--base-url", server.baseUrl().toString(), "--text-column", "text"
            };
            sweep(server, "20,40", "--truth", "team", "--rows", "200").is(ExitCode.DONE);
            assertThat(server.stats().calls()).isEqualTo(15);
            cli.run(input, categories, run).is(ExitCode.DONE);
            assertThat(server.stats().calls()).as("nothing was known").isEqualTo(15 + 25);
            sweep(server, "20,40", "--truth", "team", "--rows", "200").is(ExitCode.DONE);
            assertThat(server.stats().calls()).as("nothing was taken").isEqualTo(15 + 25 + 15);
        }
    }

    @Test
    void aGoldFileIsAskedAboutInsteadOfTheInput() throws Exception {
        Path gold = cli.write(
                "gold.csv",
                Stream.concat(
                                Stream.of("team,text"),
                                IntStream.range(0, 60)
                                        .mapToObj(i -> CATEGORIES.get(i % 3) + ",gold " + WORDS.get(i % 3) + i))
                        .toArray(String[]::new));
        try (FakeLlm server = server().start()) {
            Cli.Result result = sweep(server, "10,30", "--gold", gold.toString(), "--truth", "team");
            assertThat(result.is(ExitCode.DONE).out()).contains("60 rows, judged by gold.csv, team");
            assertThat(server.bill().texts()).isEqualTo(60);
            sweep(server, "10,30", "--gold", gold.toString())
                    .refused(ExitCode.USAGE, "which column of", "Name it with --truth", "\"team\"");
        }
    }

    @Test
    void theCapIsOneForAllSizesAndWhatThereIsIsShown() {
        Cli.Result result = paid("10,20,40", "--option", "price=0.5", "--max-cost", "4.6");
        assertThat(result.is(ExitCode.STOPPED_BY_LIMIT).out())
                .contains("ceiling    asked again, 10 rows a call gives 100.0 %")
                .contains("stopped    at 20 a call (budget): the next call could cost too much; 1 size was not asked")
                .contains("use        --sub-batch-size 10")
                .contains("cost       $4.50 for all sizes");
        assertThat(result.err())
                .contains("--max-cost $4.60 is less than the estimate of $5.50", "the sweep will end there");
        Map<String, Object> json = paid("10,20", "--option", "price=0.5", "--max-cost", "4", "--json")
                .is(ExitCode.STOPPED_BY_LIMIT)
                .lastJson();
        assertThat(json)
                .containsEntry("complete", false)
                .containsEntry("message", "nothing is left of --max-cost; 1 size was not asked");
        assertThat(((Number) json.get("cost_usd")).doubleValue()).isEqualTo(4);
    }

    @Test
    void ifTheProviderFailsWhatThereIsIsShown() throws Exception {
        FaultRule quota = FaultRule.parse("QUOTA_429,calls=21-9999");
        assertThat(quota.fault()).isEqualTo(Fault.QUOTA_429);
        try (FakeLlm server = server().faults(quota).start()) {
            Map<String, Object> json = sweep(server, "20,40", "--truth", "team", "--json")
                    .is(ExitCode.KEY_OR_QUOTA)
                    .lastJson();
            assertThat(json).containsEntry("complete", false).containsEntry("use", 20L);
            assertThat(sizes(json)).extracting(size -> size.get("verdict")).containsExactly("reference", "unfinished");
            assertThat(sizes(json).get(1)).containsEntry("reason", "QUOTA");
        }
    }

    @Test
    void theOfflineClassifierNeedsNoSweep() {
        assertThat(sweep("1,20").is(ExitCode.DONE).out())
                .startsWith("Nothing to sweep: the offline classifier looks at each row by itself");
        assertThat(sweep("1,20", "--json").is(ExitCode.DONE).lastJson())
                .containsEntry("measure", null)
                .containsEntry("sizes", List.of())
                .containsEntry("use", null);
        assertThat(cli.workspace()).doesNotExist();
    }

    @Test
    void aPersonIsAskedBeforeMoreThanADollar() {
        String[] flags = {"--option", "price=0.5"};
        cli.answering("n");
        assertThat(paid("10,20", flags).is(ExitCode.USAGE).err())
                .startsWith("estimate  10 calls · ")
                .contains("no --max-cost was given; go on? [y/N]", "not begun; nothing was sent")
                .doesNotContain("asking");
        cli.answering("y");
        paid("10,20", flags).is(ExitCode.DONE);
        cli.answering("n");
        paid("10,20", "--option", "price=0.5", "--yes").is(ExitCode.DONE);
        paid("10,20", "--option", "price=0.5", "--max-cost", "9").is(ExitCode.DONE);
        String[] trial = {
            "try", input.toString(), "-c", categories.toString(), "-p", "paid", "--option", "price=2", "-t", "text"
        };
        assertThat(cli.job(trial).is(ExitCode.USAGE).err()).contains("go on? [y/N]", "not begun; nothing was sent");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--sweep 20 | compares sizes, and found only 20",
                "--sweep 0,20 | takes numbers of rows from 1 to 1000",
                "--sweep 5,20 --tolerance 2 | takes a share above 0 and below 1, found 2.0; 2.0 % is 0.02",
                "--sweep 5,20 --tolerance 0 | takes a share above 0",
                "--sweep 5,200 --rows 100 | there are only 100 rows to ask about",
                "--sweep 5,20 --rows 10001 | --rows must be from 1 to 10000",
                "--sweep 5,20 --truth taem | did you mean \"team\"?",
                "--sweep 5,20 --truth text --text-column text | cannot be part of the text",
                "--sweep 5,20 --sub-batch-size 5 | leave --sub-batch-size out",
                "--gold known.csv | belong to --sweep",
                "--tolerance 0.1 | belong to --sweep",
            })
    void whatMakesNoSenseIsRefusedBeforeAnythingIsAsked(String flags, String says) {
        List<String> args =
                new ArrayList<>(List.of("try", input.toString(), "-c", categories.toString(), "-p", "paid"));
        args.addAll(List.of(flags.split(" ")));
        if (!flags.contains("--truth text")) {
            args.addAll(List.of("--text-column", "text"));
        }
        cli.job(args.toArray(String[]::new)).refused(ExitCode.USAGE, says);
        assertThat(Files.exists(cli.workspace())).isFalse();
    }
}

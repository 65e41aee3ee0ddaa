package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code evaluate}: how right the answers of jobs and of files are. */
class EvaluateTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "banking77");

    @TempDir
    Path folder;

    private Cli cli;
    private Path categories;

    @BeforeEach
    void files() throws Exception {
        cli = new Cli(folder);
        categories = cli.write("categories.txt", "Billing", "Login");
    }

    /** All of them get the category Billing, one fails, one has no text. */
    private Path mixed() throws Exception {
        return cli.write(
                "mixed.csv",
                "text,team",
                "good one,Billing",
                "bad,Billing",
                " ,Login",
                "good two,Login",
                "good three,billing",
                "good four,");
    }

    private Cli.Result runMixed(String... more) throws Exception {
        String[] args = new String[more.length + 4];
        System.arraycopy(new String[] {"-p", "failing", "--text-column", "text"}, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        return cli.run(mixed(), categories, args);
    }

    private static Map<String, Object> part(Map<String, Object> json, String name) {
        @SuppressWarnings("unchecked")
        Map<String, Object> part = (Map<String, Object>) json.get(name);
        return part;
    }

    @Test
    void aJobIsJudgedByAColumnOfItsInput() throws Exception {
        runMixed("--job", "may").is(ExitCode.SOME_ROWS_FAILED);
        Cli.Result result = cli.job("evaluate", "may", "--truth", "team").is(ExitCode.DONE);
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("input      " + cli.path("mixed.csv"))
                .contains("truth      column team")
                .contains("rows       6 = 5 judged + 1 without a truth + 0 with an unknown one + 0 to do")
                .contains(
                        "answered   60.0 % of the judged rows (23.1 to 88.2 %); 0 unmatched, 1 failed, 1 without text")
                .contains("right      66.7 % of the answers (20.8 to 93.9 %); 40.0 % of the judged rows")
                .contains("source     failing: 66.7 % of 3 answers right")
                .contains("note       1 row names its category in other case or spacing; taken for the same")
                .contains("Categories, the weakest first:")
                .contains("  category  rows  right  recall  precision     F1")
                .contains("  Login        2      0   0.0 %          –  0.000")
                .contains("Wrong answers, the most frequent first:")
                .contains("     1       50.0 %  Login  Billing");
    }

    @Test
    void aJobMayBeCalledLikeAFileThatIsNotThere() throws Exception {
        runMixed("--job", "may.csv").is(ExitCode.SOME_ROWS_FAILED);
        assertThat(cli.job("evaluate", "may.csv", "--truth", "team")
                        .is(ExitCode.DONE)
                        .out())
                .startsWith("job ");
        cli.job("evaluate", "june.csv", "--truth", "team").refused(ExitCode.INPUT_UNREADABLE, "june.csv");
    }

    @Test
    void theLastPointThatMakesADifferenceIsShown() throws Exception {
        Path file = cli.write(
                "points.csv",
                "text,category,category_status,category_confidence,category_source,team",
                "a,Billing,categorized,0.5,m,Billing",
                "b,Billing,categorized,0.58,m,Login");
        assertThat(cli.say("evaluate", file.toString(), "--truth", "team")
                        .is(ExitCode.DONE)
                        .out())
                .contains("      0.00     2   100.0 %  50.0 %")
                .contains("      0.55     1    50.0 %  0.0 %");
    }

    @Test
    void theOutputOfTheJobSaysTheSame() throws Exception {
        runMixed();
        Map<String, Object> ofJob = cli.job("evaluate", "--truth", "team", "--json")
                .is(ExitCode.DONE)
                .lastJson();
        Map<String, Object> ofFile = cli.say(
                        "evaluate",
                        cli.path("output.csv").toString(),
                        "--truth",
                        "team",
                        "--categories",
                        categories.toString(),
                        "--json")
                .is(ExitCode.DONE)
                .lastJson();
        assertThat(part(ofJob, "of")).containsEntry("truth_column", "team").containsKey("job");
        assertThat(part(ofFile, "of")).containsEntry("job", null);
        ofJob.remove("of");
        ofFile.remove("of");
        assertThat(ofFile).isEqualTo(ofJob).containsEntry("type", "evaluation").containsEntry("judged", 5L);
    }

    @Test
    void anUnfinishedJobIsJudgedAsFarAsItIs() throws Exception {
        runMixed("--option", "after=1", "--sub-batch-size", "2").is(ExitCode.STOPPED_BY_LIMIT);
        Map<String, Object> json = cli.job("evaluate", "--truth", "team", "--json")
                .is(ExitCode.DONE)
                .lastJson();
        assertThat(json).containsEntry("rows", 6L);
        assertThat(JsonText.number(json, "left")).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "--min-accuracy, 0.66, 0, met but not by a safe margin",
        "--min-accuracy, 0.67, 7, 'quality gate not met: 66.7 % of the answers are right (20.8 to 93.9 %), at least 67 %'",
        "--min-coverage, 0.6, 0, met",
        "--min-coverage, 0.605, 7, 'not met: 60.0 % of the judged rows have an answer (23.1 to 88.2 %), at least 60.5 %'",
        "--min-accuracy, 0, 0, ''",
        "--min-accuracy, 1.5, 2, takes a share from 0 to 1",
        "--min-accuracy, 90, 2, 90.0 % is 0.9",
        "--min-coverage, NaN, 2, takes a share from 0 to 1",
    })
    void aGateIsComparedWithTheShareItself(String flag, String share, int code, String says) throws Exception {
        runMixed();
        Cli.Result result =
                cli.job("evaluate", "--truth", "team", flag, share, "--json").is(code);
        assertThat(result.err().replace(", but", " but")).contains(says);
        assertThat(result.json()).hasSize(1);
        assertThat(result.lastJson()).containsEntry("type", code == ExitCode.USAGE ? "error" : "evaluation");
    }

    @Test
    void whereNothingIsAnsweredNoGateIsMet() throws Exception {
        Path file = cli.write("rows.csv", "label,category", "A,");
        Cli.Result result = cli.say("evaluate", file.toString(), "--truth", "label", "--min-accuracy", "0");
        assertThat(result.is(ExitCode.QUALITY).err()).contains("there is nothing to measure");
    }

    @Test
    void theGateReadsAColumnOfPlainAnswers() throws Exception {
        Path file = cli.write("rows.tsv", "gold\tguess", "A\tA", "A\t", "B\tA");
        assertThat(cli.say("evaluate", file.toString(), "--truth", "gold", "--answer", "guess")
                        .is(ExitCode.DONE)
                        .out())
                .contains("right      50.0 % of the answers")
                .contains("1 unmatched");
    }

    @Test
    void refusalsSayWhatToDo() throws Exception {
        runMixed("--job", "may");
        String output = cli.path("output.csv").toString();
        cli.say("evaluate", cli.path("none.csv").toString(), "--truth", "x")
                .refused(ExitCode.INPUT_UNREADABLE, "does not exist");
        cli.say("evaluate", output).refused(ExitCode.USAGE, "Name it with --truth", "\"text\", \"team\", \"category\"");
        cli.say("evaluate", output, "--truth", "taem").refused(ExitCode.USAGE, "did you mean \"team\"?");
        cli.say("evaluate", output, "--truth", "team", "--answer", "catgory")
                .refused(ExitCode.USAGE, "did you mean \"category\"?");
        cli.job("evaluate").refused(ExitCode.USAGE, "was begun without a column of right categories", "\"team\"");
        cli.job("evaluate", "mai", "--truth", "team").refused(ExitCode.USAGE, "did you mean \"may\"?");
        cli.job("evaluate", "may", "--truth", "taem").refused(ExitCode.USAGE, "did you mean \"team\"?");
        cli.job("evaluate", "may", "--truth", "team", "--answer", "x")
                .refused(ExitCode.USAGE, "--answer: only for a file");
        cli.say("evaluate", "--workspace", cli.path("nowhere").toString()).refused(ExitCode.USAGE, "no workspace");
        Files.writeString(cli.path("mixed.csv"), "text,team\nother,Login\n");
        cli.job("evaluate", "may", "--truth", "team")
                .refused(ExitCode.INPUT_UNREADABLE, "is no longer the file that job");
    }

    @Test
    void aTruthThatIsNoCategoryIsShown() throws Exception {
        Path file = cli.write("rows.csv", "label,category", "A,A", "\u001b[31mred,A", "Z,B", "Z,A");
        Cli.Result result = cli.say(
                "evaluate",
                file.toString(),
                "--truth",
                "label",
                "--categories",
                cli.write("ab.txt", "A", "B").toString());
        assertThat(result.is(ExitCode.DONE).out())
                .contains("4 = 1 judged + 0 without a truth + 3 with an unknown one")
                .contains("such as \" [31mred\" (1), \"Z\" (2)")
                .doesNotContain("\u001b");
    }

    /** Of four rows three were asked about: the last has a text that is known. */
    @Test
    void whatAJobHasCostIsToldForAThousandRows() throws Exception {
        Path input = cli.write("paid.csv", "text,label", "x,A", "xx,B", "xxx,A", "x,A");
        cli.run(
                        input,
                        cli.write("abc.txt", "A", "B", "C"),
                        "-p",
                        "paid",
                        "--text-column",
                        "text",
                        "--option",
                        "price=0.5",
                        "--option",
                        "hints=on",
                        "--max-cost",
                        "9")
                .is(ExitCode.DONE);
        Cli.Result result = cli.job("evaluate", "--truth", "label");
        assertThat(result.is(ExitCode.DONE).out())
                .contains("cost       $166.67 and ")
                .contains("tokens for 1,000 rows");
        Map<String, Object> cost =
                part(cli.job("evaluate", "--truth", "label", "--json").lastJson(), "cost");
        assertThat(cost).containsEntry("rows", 3L).containsEntry("usd", 0.5);
        assertThat(part(cli.job("evaluate", "--truth", "label", "--json").lastJson(), "shortlist"))
                .containsEntry("size", 5L)
                .containsEntry("rows", 4L);
        assertThat(result.out()).contains("shortlist  the truth is among the first 5 for ");
        Files.delete(cli.path("abc.txt"));
        assertThat(cli.job("evaluate", "--truth", "label", "--json")
                        .is(ExitCode.DONE)
                        .lastJson())
                .containsEntry("shortlist", null);
    }

    @Test
    void theReportIsAPageWithTheSameFigures() throws Exception {
        runMixed();
        Path page = cli.path("report.html");
        cli.job("evaluate", "--truth", "team", "--report", page.toString(), "--json")
                .is(ExitCode.DONE);
        assertThat(Files.readString(page))
                .startsWith("<!doctype html>")
                .contains("mixed.csv", "\"type\":\"evaluation\"", "</html>");
        cli.job(
                        "evaluate",
                        "--truth",
                        "team",
                        "--report",
                        cli.path("output.csv").toString())
                .refused(ExitCode.USAGE, "its name must end in .html");
        cli.job(
                        "evaluate",
                        "--truth",
                        "team",
                        "--report",
                        cli.path("no/where.html").toString())
                .refused(ExitCode.USAGE, "there is no folder");
    }

    /** The program's most usual example: the right answers stand in a column whose name the result columns would have. */
    @Test
    void theExampleIsJudgedAsAJobAndAsAFile() throws Exception {
        cli.run(EXAMPLE.resolve("test.csv"), EXAMPLE.resolve("categories.yaml"), "--text-column", "text")
                .is(ExitCode.DONE);
        Map<String, Object> ofJob = cli.job("evaluate", "--truth", "category", "--json")
                .is(ExitCode.DONE)
                .lastJson();
        Map<String, Object> ofFile = cli.say(
                        "evaluate",
                        cli.path("output.csv").toString(),
                        "--truth",
                        "category",
                        "--categories",
                        EXAMPLE.resolve("categories.yaml").toString(),
                        "--min-accuracy",
                        "0.65",
                        "--json")
                .is(ExitCode.DONE)
                .lastJson();
        assertThat(ofJob).containsEntry("judged", 3_080L).containsEntry("folded", 0L);
        assertThat((Double) part(ofJob, "accuracy").get("value")).isGreaterThan(0.65);
        assertThat((List<?>) ofJob.get("categories")).hasSize(77);
        for (String name : List.of("accuracy", "coverage", "kappa", "macro_f1", "categories", "confused", "sources")) {
            assertThat(ofFile.get(name)).as(name).isEqualTo(ofJob.get(name));
        }
        String text = cli.job("evaluate", "--truth", "category").out();
        assertThat(text)
                .contains("The 15 weakest of 77 categories (--all for all):")
                .contains("The 10 most frequent of ")
                .contains("If less sure answers were set aside:");
        assertThat(text.lines()).allMatch(line -> line.length() <= 120 || line.startsWith("input"));
        assertThat(cli.job("evaluate", "--truth", "category", "--all").out())
                .contains("Categories, the weakest first:", "Wrong answers, the most frequent first:");
    }
}

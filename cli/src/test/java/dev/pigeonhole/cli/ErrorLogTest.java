package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.workspace.ErrorLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ErrorLogTest {
    private static final String HOSTILE = "a\r\nb\u001b[31m\u009b\u2028c\u2029\u0085\u202ed\u2066\u0000\te";

    @TempDir
    Path folder;

    private Cli cli;
    private Path categories;

    @BeforeEach
    void files() throws Exception {
        cli = new Cli(folder);
        categories = cli.write("categories.txt", "Billing", "Login");
    }

    private List<String> log() throws Exception {
        return Files.readAllLines(cli.logs().resolve("error.log"));
    }

    @Test
    void aFailedRowIsALineWithItsPlaceAndCauseButWithoutItsText() throws Exception {
        Path input = cli.write("in.csv", "text", "fine canary-one", "bad canary-two");
        cli.run(input, categories, "-p", "failing").is(ExitCode.SOME_ROWS_FAILED);
        assertThat(log()).hasSize(1);
        assertThat(log().get(0))
                .matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z ERROR row failed job=[a-z0-9]+ row=2 sub_batch=1"
                        + " cause=BAD_ANSWER attempts=1 text=14 chars #[0-9a-f]+ message=not readable")
                .doesNotContain("canary");
    }

    @Test
    void aRowOfTheWrongShapeIsALineToo() throws Exception {
        Path input = cli.write("in.csv", "id,text", "1,canary", "2,canary,canary", "3,canary");
        cli.run(input, categories, "--delimiter", "comma").is(ExitCode.SOME_ROWS_FAILED);
        assertThat(log()).hasSize(1);
        assertThat(log().get(0))
                .contains("row=2", "cause=CSV_SHAPE", "text=none")
                .doesNotContain("canary");
    }

    @Test
    void aHostileMessageOfAProviderIsStillOneLine() throws Exception {
        Path input = cli.write("in.csv", "text", "bad one", "bad two");
        Cli.Result result = cli.run(input, categories, "-p", "failing", "--option", "message=" + HOSTILE);
        result.is(ExitCode.SOME_ROWS_FAILED);
        assertThat(log()).hasSize(2);
        assertThat(Files.readString(cli.logs().resolve("error.log")))
                .contains("message=a\\r\\nb\\u001b[31m\\u009b\\u2028c\\u2029\\u0085\\u202ed\\u2066\\u0000\\te")
                .doesNotContain("\u001b", "\r", "\u2028", "\u202e");
        assertThat(result.err()).doesNotContain("\u001b", "\u009b", "\u202e");
    }

    @Test
    void aDefectIsOneMessageOnTheTerminalAndATraceInTheLog() throws Exception {
        Path input = cli.write("in.csv", "text", "hello");
        Cli.Result result = cli.run(input, categories, "-p", "failing", "--option", "defect=broken" + HOSTILE);
        result.is(ExitCode.UNEXPECTED);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("error: unexpected: IllegalStateException: broken")
                .contains("error.log has the details")
                .doesNotContain("\tat ", "\u001b");
        assertThat(log()).hasSize(1);
        assertThat(log().get(0))
                .contains("ERROR unexpected exception=java.lang.IllegalStateException: brokena\\r\\nb")
                .contains("FailingProvider.create");
    }

    @Test
    void aJobWithoutTroubleLeavesAnEmptyLog() throws Exception {
        cli.run(cli.write("in.csv", "text", "hello"), categories).is(ExitCode.DONE);
        assertThat(log()).isEmpty();
    }

    @Test
    void laterJobsWriteBehindEarlierOnes() throws Exception {
        Path input = cli.write("in.csv", "text", "bad");
        cli.run(input, categories, "-p", "failing");
        cli.run(
                input,
                categories,
                "-p",
                "failing",
                "--output",
                cli.path("two.csv").toString());
        assertThat(log()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFolderThatCannotBeMadeDoesNotStopTheJob(boolean quiet) throws Exception {
        Path input = cli.write("in.csv", "text", "bad", "good");
        String logs = input.resolve("logs").toString();
        Cli.Result result = cli.run(input, categories, "-p", "failing", "--logs", logs, quiet ? "-q" : "--json");
        result.is(ExitCode.SOME_ROWS_FAILED);
        assertThat(cli.path("output.csv")).exists();
        if (quiet) {
            assertThat(result.err()).isEmpty();
        } else {
            assertThat(result.err()).contains("note: error.log cannot be written in " + logs);
            assertThat(result.lastJson()).containsEntry("failed", 1L);
        }
    }

    @Test
    void theLogIsCutIntoFilesOfBoundedSizeAndNumber() throws Exception {
        assertThat(ErrorLog.writeTo(cli.logs())).isTrue();
        Logger logger = LoggerFactory.getLogger("test");
        String text = "x".repeat(3_900);
        for (int i = 0; i < 20_000; i++) {
            logger.error(text);
        }
        ErrorLog.close();
        try (var files = Files.list(cli.logs())) {
            assertThat(files)
                    .hasSize(6)
                    .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(10 * 1024 * 1024 + 5_000));
        }
    }
}

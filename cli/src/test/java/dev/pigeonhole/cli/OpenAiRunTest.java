package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Fault;
import dev.pigeonhole.fakellm.FaultRule;
import dev.pigeonhole.fakellm.Oracle;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/** Whole jobs with the provider openai against a server that speaks its protocol: what comes out, and how each kind of trouble ends. */
class OpenAiRunTest {
    private static final int ROWS = 200;
    /** So many calls that the first one goes alone for more than a second. */
    private static final String[] LONG_RUN = {"-j", "2", "--sub-batch-size", "1"};

    private static final String MODEL = "gpt-5-nano";

    @TempDir
    Path folder;

    private Cli cli;
    private Path input;
    private Path categories;

    @BeforeEach
    void files() throws Exception {
        cli = new Cli(folder);
        categories = cli.write("categories.txt", "Billing", "Login", "Delivery");
        input = cli.write(
                "tickets.csv",
                Stream.concat(
                                Stream.of("id,text"),
                                IntStream.rangeClosed(1, ROWS).mapToObj(i -> i + "," + text(i)))
                        .toArray(String[]::new));
    }

    private static String text(int row) {
        return switch (row % 4) {
            case 0 -> "the invoice of order " + row + " is wrong";
            case 1 -> "my password number " + row + " does not work";
            case 2 -> "parcel " + row + " has not come";
            default -> "nothing of this kind " + row;
        };
    }

    private static String category(int row) {
        return switch (row % 4) {
            case 0 -> "Billing";
            case 1 -> "Login";
            case 2 -> "Delivery";
            default -> "";
        };
    }

    private static FakeLlm.Builder server() {
        return FakeLlm.builder()
                .oracle(Oracle.byKeywords(Map.of("invoice", "Billing", "password", "Login", "parcel", "Delivery")));
    }

    private Cli.Result run(FakeLlm server, String... more) {
        return cli.run(
                input,
                categories,
                Stream.concat(
                                Stream.of(
                                        "--model",
                                        MODEL,
                                        "--base-url",
                                        server.baseUrl().toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private void requireRightOutput() throws Exception {
        List<String> lines = Files.readAllLines(cli.path("output.csv"));
        assertThat(lines).hasSize(ROWS + 1);
        for (int row = 1; row <= ROWS; row++) {
            assertThat(lines.get(row))
                    .startsWith(row + "," + text(row) + "," + category(row) + ",")
                    .contains(category(row).isEmpty() ? ",unmatched," : ",categorized,");
        }
    }

    @Test
    void everyRowGetsTheAnswerOfTheModelAndIsBilledOnce() throws Exception {
        try (FakeLlm server = server().start()) {
            Cli.Result result = run(server, "--max-cost", "5").is(ExitCode.DONE);
            requireRightOutput();
            assertThat(server.bill().billedMoreThanOnce()).isZero();
            assertThat(server.bill().texts()).isEqualTo(ROWS);
            assertThat(result.err())
                    .containsPattern("estimate  10 calls · [\\d,]+ tokens · (\\$0\\.\\d+|less than)")
                    .containsPattern("cost      .*; quoted .* before the start \\([+-]\\d+ %\\) · [\\d,]+ tokens");

            run(server, "--existing", "new").is(ExitCode.DONE);
            assertThat(server.bill().texts()).isEqualTo(ROWS);
            assertThat(server.bill().billedMoreThanOnce()).as("known answers").isZero();
        }
    }

    @Test
    void estimateAndTryAndRunAgreeAndPayOnce() throws Exception {
        try (FakeLlm server = server().start()) {
            String[] flags = {
                "-c",
                categories.toString(),
                "--model",
                MODEL,
                "--base-url",
                server.baseUrl().toString()
            };
            Cli.Result estimate = cli.job(Stream.concat(Stream.of("estimate", input.toString()), Stream.of(flags))
                    .toArray(String[]::new));
            assertThat(estimate.is(ExitCode.DONE).out())
                    .contains("calls       10")
                    .containsPattern("cost        .*20\\d\\d");
            assertThat(server.stats().calls()).isZero();

            Cli.Result trial = cli.job(Stream.concat(Stream.of("try", input.toString(), "-n", "40"), Stream.of(flags))
                    .toArray(String[]::new));
            assertThat(trial.is(ExitCode.DONE).out()).contains("calls     2, ").contains("as measured here");
            run(server).is(ExitCode.DONE);
            requireRightOutput();
            assertThat(server.bill().billed()).isEqualTo(ROWS);
        }
    }

    @Test
    void rebuildMakesNoCallAndNeedsNoServer() throws Exception {
        byte[] output;
        try (FakeLlm server = server().start()) {
            run(server).is(ExitCode.DONE);
            output = Files.readAllBytes(cli.path("output.csv"));
        }
        Files.delete(cli.path("output.csv"));
        cli.job("rebuild").is(ExitCode.DONE);
        assertThat(cli.path("output.csv")).hasBinaryContent(output);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED_401, 4, KEY_REJECTED",
        "FORBIDDEN_403, 4, KEY_REJECTED",
        "QUOTA_429, 4, QUOTA",
        "NOT_FOUND_404, 4, KEY_REJECTED"
    })
    void whatNoCallCanGetPastEndsAfterOneCallAndGoesOnOnceItIsMended(Fault fault, int code, String reason)
            throws Exception {
        try (FakeLlm server = server().faults(FaultRule.always(fault)).start()) {
            Cli.Result result = run(server, LONG_RUN).is(code);
            assertThat(server.stats().calls()).as("one call shows it").isEqualTo(1);
            assertThat(result.err()).contains("‖ Paused after ", "next      pigeonhole resume ");
            assertThat(cli.job("status", "--json").lastJson())
                    .containsEntry("reason", reason)
                    .containsEntry("failed", 0L);
            server.faults();
            cli.job("resume").is(ExitCode.DONE);
            requireRightOutput();
            assertThat(server.bill().billedMoreThanOnce()).isZero();
        }
    }

    @Test
    void anUnknownModelIsNamed() throws Exception {
        try (FakeLlm server = server().models("other").start()) {
            Cli.Result result = run(server, LONG_RUN).is(ExitCode.KEY_OR_QUOTA);
            assertThat(result.err()).contains(MODEL);
            assertThat(server.stats().calls()).isEqualTo(1);
        }
    }

    @Test
    void atTheCapTheJobPausesAndAHigherOneTakesItToTheEnd() throws Exception {
        try (FakeLlm server = server().start()) {
            Cli.Result first = run(server, "--max-cost", "0.0004", "-j", "1").is(ExitCode.STOPPED_BY_LIMIT);
            assertThat(first.err()).contains("(money cap reached)", "--max-cost …");
            Map<?, ?> bill = (Map<?, ?>) cli.job("status", "--json").lastJson().get("bill");
            assertThat(((Number) bill.get("cost_usd")).doubleValue()).isLessThanOrEqualTo(0.0004);
            cli.job("resume", "--max-cost", "5").is(ExitCode.DONE);
            requireRightOutput();
            assertThat(server.bill().billedMoreThanOnce()).isZero();
        }
    }

    @Test
    void aDeadServerIsSaidToBeUnavailableAndTheJobCanGoOn() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Cli.Result result = cli.run(
                input, categories, "--model", MODEL, "--base-url", "http://127.0.0.1:" + port + "/v1", "--json");
        result.is(ExitCode.STOPPED_BY_LIMIT);
        assertThat(result.lastJson())
                .containsEntry("reason", "PROVIDER_UNAVAILABLE")
                .containsEntry("failed", 0L);
        try (FakeLlm server = server().port(port).start()) {
            cli.job("resume").is(ExitCode.DONE);
            requireRightOutput();
            assertThat(server.bill().billed()).isEqualTo(ROWS);
        }
    }

    @Test
    void aKeyFileThatOthersCanReadIsRefused() throws Exception {
        Path key = cli.write("key", "sk-test");
        Files.setPosixFilePermissions(key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        try (FakeLlm server = server().start()) {
            run(server, "--key-file", key.toString()).refused(ExitCode.USAGE, "chmod 600");
            assertThat(server.stats().calls()).isZero();
        }
        assertThat(cli.workspace()).doesNotExist();
    }
}

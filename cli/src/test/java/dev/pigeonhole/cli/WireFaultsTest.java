package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Fault;
import dev.pigeonhole.fakellm.FaultRule;
import dev.pigeonhole.fakellm.Latency;
import dev.pigeonhole.fakellm.Stats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole jobs over the wire while the server does everything wrong that it can: no row is lost, doubled or given a label that is wrong. */
class WireFaultsTest {
    private static final int ROWS = 160;

    /** Answers of the right form with the wrong names in it: nobody but a reader of the texts can tell. */
    private static final Set<Fault> LIES =
            EnumSet.of(Fault.SWAPPED, Fault.SHIFTED, Fault.ALL_ONE_LABEL, Fault.OBEYS_INJECTION);

    /** After these nothing is sent any more, as {@link OpenAiRunTest} shows. */
    private static final Set<Fault> ENDS = EnumSet.of(
            Fault.UNAUTHORIZED_401, Fault.FORBIDDEN_403, Fault.NOT_FOUND_404, Fault.QUOTA_429, Fault.REDIRECT_307);

    @TempDir
    Path folder;

    /** Each fault of a kind hits a call in so many; together they hit a quarter of all. */
    private static FaultRule[] all(Fault.Kind kind) {
        List<Fault> faults = Arrays.stream(Fault.values())
                .filter(fault -> fault.kind() == kind && !LIES.contains(fault) && !ENDS.contains(fault))
                .toList();
        return faults.stream()
                .map(fault ->
                        FaultRule.withProbability(fault, 0.25 / faults.size()).withPause(Duration.ofMillis(1)))
                .toArray(FaultRule[]::new);
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSAL", "CONTENT", "DELIVERY"})
    void everyRowIsThereOnceWithItsOwnLabelOrAReason(Fault.Kind kind) throws Exception {
        Invoices.write(folder, ROWS);
        try (FakeLlm server = FakeLlm.builder()
                .seed(11)
                .oracle(Invoices.oracle())
                .faults(all(kind))
                .start()) {
            Cli cli = new Cli(folder);
            Cli.Result result = cli.run(
                    folder.resolve("input.csv"),
                    folder.resolve("categories.txt"),
                    "--model=gpt-5-nano",
                    "--base-url=" + server.baseUrl(),
                    "--sub-batch-size=2",
                    "--concurrency=24",
                    "--option=timeout=1",
                    "--json");
            assertThat(result.code()).as(result.err()).isIn(ExitCode.DONE, ExitCode.SOME_ROWS_FAILED);
            Stats stats = server.stats();
            assertThat(stats.byFault()).as("what was done").hasSizeGreaterThan(5);
            long failed = ((Number) result.lastJson().get("failed")).longValue();
            assertThat(rightRows(Files.readAllLines(cli.path("output.csv")))).isEqualTo(ROWS - failed);
            assertThat(failed).isLessThanOrEqualTo(ROWS / 20);
            Map<?, ?> bill = (Map<?, ?>) result.lastJson().get("bill");
            // A call that met a connection which was just being closed is in our books and not in theirs; never the
            // other way.
            assertThat(((Number) bill.get("sent")).longValue()).isBetween(stats.calls(), stats.calls() + ROWS / 8);
            assertThat(stats.calls()).isLessThanOrEqualTo(2L * ROWS);
        }
    }

    /** Rows with the label of their text; all others must have none. */
    private static long rightRows(List<String> lines) {
        assertThat(lines).hasSize(ROWS + 1);
        long right = 0;
        for (int row = 1; row <= ROWS; row++) {
            String line = lines.get(row);
            if (line.startsWith(Invoices.text(row) + "," + Invoices.category(row) + ",categorized,")) {
                right++;
            } else {
                assertThat(line).startsWith(Invoices.text(row) + ",,failed,");
            }
        }
        return right;
    }

    /** What came after the deadline is nobody's: the row has one answer, and the first call is said to be billed perhaps. */
    @Test
    void anAnswerAfterTheDeadlineIsNotUsedAndTheCallIsSaidToBeBilledPerhaps() throws Exception {
        Invoices.write(folder, 1);
        AtomicInteger calls = new AtomicInteger();
        Latency late = (tokens, random) -> Duration.ofMillis(calls.incrementAndGet() == 1 ? 8_000 : 1);
        try (FakeLlm server =
                FakeLlm.builder().oracle(Invoices.oracle()).latency(late).start()) {
            Cli.Result result = run(server, "--option=timeout=1").is(ExitCode.DONE);
            Invoices.requireRightOutput(folder.resolve("output.csv"), 1);
            assertThat(server.stats().calls()).isEqualTo(2);
            assertThat(result.err()).contains("1 call may have been billed without an answer");
        }
    }

    private Cli.Result run(FakeLlm server, String... more) {
        return new Cli(folder)
                .run(
                        folder.resolve("input.csv"),
                        folder.resolve("categories.txt"),
                        Stream.concat(
                                        Stream.of("--model=gpt-5-nano", "--base-url=" + server.baseUrl()),
                                        Stream.of(more))
                                .toArray(String[]::new));
    }

    /** A storm hits every call; the server says when to come back, or not. */
    @ParameterizedTest
    @CsvSource({"RATE_LIMIT_429,500", "OVERLOADED_529,0"})
    void aStormIsWaitedOutWithFewCallsAndAShortLog(Fault fault, int pauseMillis) throws Exception {
        Invoices.write(folder, ROWS);
        Duration storm = Duration.ofSeconds(1);
        FaultRule rule = FaultRule.between(fault, Duration.ZERO, storm);
        try (FakeLlm server = FakeLlm.builder()
                .oracle(Invoices.oracle())
                .faults(pauseMillis == 0 ? rule : rule.withPause(Duration.ofMillis(pauseMillis)))
                .start()) {
            run(server, "--sub-batch-size=4", "--concurrency=16").is(ExitCode.DONE);
            Invoices.requireRightOutput(folder.resolve("output.csv"), ROWS);
            long refused = server.stats().byFault().getOrDefault(fault, 0L);
            assertThat(refused).isBetween(1L, 100L);
            assertThat(server.bill().billedMoreThanOnce()).isZero();
            List<String> log = Files.readAllLines(folder.resolve("logs/error.log"));
            assertThat(log).hasSizeLessThanOrEqualTo((int) refused);
            assertThat(log).allMatch(line -> line.contains("WARN call will be made again"));
        }
    }

    @Test
    void aRedirectIsFollowedByNobodyAndTheKeyStaysHere() throws Exception {
        Invoices.write(folder, 4);
        try (FakeLlm server = FakeLlm.builder()
                .oracle(Invoices.oracle())
                .faults(FaultRule.always(Fault.REDIRECT_307))
                .start()) {
            Cli.Result result = run(server);
            assertThat(result.code()).isNotIn(ExitCode.DONE, ExitCode.SOME_ROWS_FAILED);
            assertThat(result.err()).contains("‖ Paused", "nothing was sent there");
            assertThat(server.stats().redirectsFollowed()).isZero();
            assertThat(server.stats().keysLeaked()).isZero();
            assertThat(server.stats().calls()).isEqualTo(1);
        }
    }

    /** In the middle of the job the old key ends; with the new one it goes on, and nobody is asked twice. */
    @Test
    void aKeyThatIsRevokedMidwayPausesTheJobAndANewOneTakesItToTheEnd() throws Exception {
        Invoices.write(folder, ROWS);
        int port;
        long before;
        try (FakeLlm server = FakeLlm.builder()
                .key("sk-old-0123456789abcdef")
                .oracle(Invoices.oracle())
                .faults(FaultRule.onCalls(Fault.UNAUTHORIZED_401, 20, 1_000_000))
                .start()) {
            port = server.baseUrl().getPort();
            key("sk-old-0123456789abcdef");
            runWithKey(server).is(ExitCode.KEY_OR_QUOTA);
            before = server.bill().texts();
            assertThat(before).isBetween(1L, ROWS - 1L);
            assertThat(server.bill().billedMoreThanOnce()).isZero();
            assertThat(server.stats().byFault().get(Fault.UNAUTHORIZED_401)).isBetween(1L, 4L);
        }
        try (FakeLlm server = FakeLlm.builder()
                .port(port)
                .key("sk-new-0123456789abcdef")
                .oracle(Invoices.oracle())
                .start()) {
            new Cli(folder).job("resume").is(ExitCode.KEY_OR_QUOTA);
            assertThat(server.bill().billed()).isZero();
            key("sk-new-0123456789abcdef");
            new Cli(folder).job("resume").is(ExitCode.DONE);
            Invoices.requireRightOutput(folder.resolve("output.csv"), ROWS);
            assertThat(server.bill().billed()).isEqualTo(ROWS - before);
        }
    }

    private void key(String key) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), key + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private Cli.Result runWithKey(FakeLlm server) {
        return run(server, "--key-file=" + folder.resolve("key"), "--sub-batch-size=4", "--concurrency=4");
    }
}

package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Latency;
import dev.pigeonhole.fakellm.Oracle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the program with SIGKILL while known rows ride along, and replies to some of them are not used. The output is that of a run
 * that nobody has killed. {@code -Dpigeonhole.paid-kills=100} for more.
 */
class SentinelKillTest {
    private static final int SUB_BATCH = 20;
    private static final int IN_FLIGHT = 8;
    private static final int MOST_CALLS_A_RUN = 40;

    private final int kills = Integer.getInteger("pigeonhole.paid-kills", 3);
    private final long seed = Long.getLong("pigeonhole.seed", new Random().nextLong());
    private final int rows = (kills + 2) * (MOST_CALLS_A_RUN + IN_FLIGHT) * SUB_BATCH;

    @TempDir
    Path directory;

    private static String text(long row) {
        return (row % 2 == 0 ? "the invoice " : "my password ") + row;
    }

    private static String category(long row) {
        return row % 2 == 0 ? "Billing" : "Login";
    }

    /** Known texts are beyond the rows; what is said of every fourth of them is wrong, so some replies are not used. */
    private void files() throws Exception {
        Files.writeString(directory.resolve("categories.txt"), "Billing\nLogin\n");
        Files.write(
                directory.resolve("input.csv"),
                Stream.concat(Stream.of("text"), IntStream.rangeClosed(1, rows).mapToObj(SentinelKillTest::text))
                        .toList());
        Files.write(
                directory.resolve("gold.csv"),
                Stream.concat(
                                Stream.of("text,team"),
                                IntStream.range(1_000_000, 1_000_040)
                                        .mapToObj(i -> text(i) + "," + category(i % 4 == 0 ? i + 1 : i)))
                        .toList());
    }

    @Test
    void theOutputIsWhatItWouldHaveBeenAndNoMoreIsSentAgainThanWasInFlight() throws Exception {
        System.out.println("SentinelKillTest: " + kills + " kills, seed " + seed);
        files();
        Random random = new Random(seed);
        try (FakeLlm server = FakeLlm.builder()
                .oracle(Oracle.byKeywords(Map.of("invoice", "Billing", "password", "Login")))
                .latency(Latency.fixed(Duration.ofMillis(25)))
                .start()) {
            for (int kill = 0; kill < kills; kill++) {
                try (CliProcess process = start(server)) {
                    long until = server.stats().calls() + 1 + random.nextInt(MOST_CALLS_A_RUN);
                    while (server.stats().calls() < until) {
                        assertThat(process.isAlive()).as(process::err).isTrue();
                        TimeUnit.MILLISECONDS.sleep(1);
                    }
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(30_000));
                    process.kill();
                }
            }
            try (CliProcess process = start(server)) {
                assertThat(process.exitCode()).as(process::err).isZero();
            }
            requireRightOutput();
            requireNoMoreThanWasInFlight(server);
        }
    }

    private CliProcess start(FakeLlm server) throws Exception {
        return CliProcess.start(
                directory,
                "run",
                "input.csv",
                "--categories=categories.txt",
                "--model=gpt-5-nano",
                "--base-url=" + server.baseUrl(),
                "--concurrency=" + IN_FLIGHT,
                "--gold=gold.csv",
                "--truth=team",
                "--max-cost=100",
                "--quiet");
    }

    private void requireRightOutput() throws Exception {
        List<String> lines = Files.readAllLines(directory.resolve("output.csv"));
        assertThat(lines).hasSize(rows + 1);
        for (int row = 1; row <= rows; row++) {
            assertThat(lines.get(row)).startsWith(text(row) + "," + category(row) + ",categorized,");
        }
    }

    /** A reply that is not used is paid for once more, on purpose: what it asked about in its second round says how many there were. */
    private void requireNoMoreThanWasInFlight(FakeLlm server) {
        try (CheckpointStore store = Wiring.store(directory.resolve(".pigeonhole"))) {
            String job = store.jobs().get(0).id();
            Bill bill = store.bill(job);
            assertThat(bill.sent()).isGreaterThanOrEqualTo(server.stats().calls());
            assertThat(bill.answered() + bill.unanswered() + bill.unbilled()).isEqualTo(bill.sent());
            // One call in four holds two known rows, one pair in sixteen is wrong in the file.
            double most = rows / (double) SUB_BATCH * 0.1 + kills * IN_FLIGHT;
            assertThat(bill.sent() - rows / (double) SUB_BATCH)
                    .as("calls made again, seed %d", seed)
                    .isBetween(0.0, most);
        }
    }
}

package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Latency;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
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

    /** Known texts are beyond the rows; what is said of every fourth of them is wrong, so some replies are not used. */
    private void files() throws Exception {
        Invoices.write(directory, rows);
        Files.write(
                directory.resolve("gold.csv"),
                Stream.concat(
                                Stream.of("text,team"),
                                IntStream.range(1_000_000, 1_000_040)
                                        .mapToObj(i ->
                                                Invoices.text(i) + "," + Invoices.category(i % 4 == 0 ? i + 1 : i)))
                        .toList());
    }

    @Test
    void theOutputIsWhatItWouldHaveBeenAndNoMoreIsSentAgainThanWasInFlight() throws Exception {
        System.out.println("SentinelKillTest: " + kills + " kills, seed " + seed);
        files();
        Random random = new Random(seed);
        try (FakeLlm server = FakeLlm.builder()
                .oracle(Invoices.oracle())
                .latency(Latency.fixed(Duration.ofMillis(25)))
                .start()) {
            for (int kill = 0; kill < kills; kill++) {
                try (CliProcess process = start(server)) {
                    Invoices.killWithin(MOST_CALLS_A_RUN, process, server, random);
                }
            }
            try (CliProcess process = start(server)) {
                assertThat(process.exitCode()).as(process::err).isZero();
            }
            Invoices.requireRightOutput(directory.resolve("output.csv"), rows);
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

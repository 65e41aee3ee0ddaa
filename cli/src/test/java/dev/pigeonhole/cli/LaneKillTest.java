package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.fakellm.BatchSettings;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.FaultRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the program with SIGKILL in each phase of the batch lane, one after the other. The judge is the server's bill: no batch is
 * submitted twice, and no row is paid twice. {@code -Dpigeonhole.lane-kills=20} for more rounds.
 */
class LaneKillTest {
    private static final int ROWS = 2_000;
    private static final List<FaultRule.Where> PHASES = List.of(
            FaultRule.Where.UPLOAD,
            FaultRule.Where.CREATE,
            FaultRule.Where.POLL,
            FaultRule.Where.DOWNLOAD,
            FaultRule.Where.DELETE);

    private final int rounds = Integer.getInteger("pigeonhole.lane-kills", 1);
    private final long seed = Long.getLong("pigeonhole.seed", new Random().nextLong());

    @TempDir
    Path directory;

    @BeforeEach
    void files() throws Exception {
        Invoices.write(directory, ROWS);
    }

    @Test
    void noBatchIsSubmittedTwiceAndNoRowIsPaidTwiceWhereverTheProcessIsKilled() throws Exception {
        System.out.println("LaneKillTest: " + rounds + " rounds, seed " + seed);
        Random random = new Random(seed);
        for (int round = 1; round <= rounds; round++) {
            try (FakeLlm server = FakeLlm.builder()
                    .oracle(Invoices.oracle())
                    .batches(BatchSettings.USUAL.withDelay(Duration.ofMillis(500)))
                    .start()) {
                String output = "output-" + round + ".csv";
                for (FaultRule.Where phase : PHASES) {
                    killedIn(phase, server, output, random);
                }
                try (CliProcess process = start(server, output)) {
                    assertThat(process.exitCode()).as(process::err).isZero();
                }
                Invoices.requireRightOutput(directory.resolve(output), ROWS);
                assertThat(server.lane().submittedAgain())
                        .as("submitted twice, seed %d", seed)
                        .isZero();
                assertThat(server.bill().billed())
                        .as("rows paid, seed %d", seed)
                        .isEqualTo(ROWS);
                assertThat(server.bill().billedMoreThanOnce())
                        .as("rows paid twice, seed %d", seed)
                        .isZero();
                requireTheBillSaysSo(server);
            }
        }
    }

    /** Soon after the server has got a call of this kind; a job that is done before is not killed. */
    private void killedIn(FaultRule.Where phase, FakeLlm server, String output, Random random) throws Exception {
        long before = server.lane().calls(phase);
        try (CliProcess process = start(server, output)) {
            while (server.lane().calls(phase) == before && process.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
            process.kill();
        }
    }

    private CliProcess start(FakeLlm server, String output) throws Exception {
        return CliProcess.start(
                directory,
                "run",
                "input.csv",
                "--categories=categories.txt",
                "--output=" + output,
                "--model=gpt-5-nano",
                "--base-url=" + server.baseUrl(),
                "--lane=batch",
                "--option=lane-poll=20ms",
                "--fresh",
                "--max-cost=100",
                "--quiet");
    }

    private void requireTheBillSaysSo(FakeLlm server) {
        try (CheckpointStore store = Wiring.store(directory.resolve(".pigeonhole"))) {
            Bill bill = store.bill(store.jobs().get(0).id());
            assertThat(bill.unanswered())
                    .as("calls without an end, seed %d", seed)
                    .isZero();
            assertThat(bill.answered())
                    .isEqualTo(server.lane().billed() + server.stats().calls());
        }
    }
}

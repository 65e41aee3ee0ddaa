package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Latency;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the program with SIGKILL while it asks a language model, again and again. The judge is the server's bill: an answer that was
 * durable is never paid again, and no more is sent again than was in flight. {@code -Dpigeonhole.paid-kills=100} for more.
 */
class PaidKillTest {
    private static final int SUB_BATCH = 20;
    private static final int IN_FLIGHT = 8;
    private static final int MOST_CALLS_A_RUN = 40;

    private final int kills = Integer.getInteger("pigeonhole.paid-kills", 5);
    private final long seed = Long.getLong("pigeonhole.seed", new Random().nextLong());
    private final int rows = (kills + 2) * (MOST_CALLS_A_RUN + IN_FLIGHT) * SUB_BATCH;

    @TempDir
    Path directory;

    @BeforeEach
    void files() throws Exception {
        Invoices.write(directory, rows);
    }

    @Test
    void noDurableAnswerIsPaidAgainAndNoMoreIsSentAgainThanWasInFlight() throws Exception {
        System.out.println("PaidKillTest: " + kills + " kills, seed " + seed);
        Random random = new Random(seed);
        try (FakeLlm server = FakeLlm.builder()
                .oracle(Invoices.oracle())
                .latency(Latency.fixed(Duration.ofMillis(25)))
                .start()) {
            Map<Long, Long> billedWhenDurable = new HashMap<>();
            for (int kill = 0; kill < kills; kill++) {
                try (CliProcess process = start(server)) {
                    Invoices.killWithin(MOST_CALLS_A_RUN, process, server, random);
                }
                durableRows()
                        .forEach(row -> billedWhenDurable.putIfAbsent(
                                row, server.bill().of(Invoices.text(row)).billed()));
            }
            try (CliProcess process = start(server)) {
                assertThat(process.exitCode()).as(process::err).isZero();
            }

            assertThat(billedWhenDurable).isNotEmpty();
            billedWhenDurable.forEach((row, billed) -> assertThat(
                            server.bill().of(Invoices.text(row)).billed())
                    .as("seed %d, row %d", seed, row)
                    .isEqualTo(billed));
            assertThat(server.stats().peakInFlight()).isLessThanOrEqualTo(IN_FLIGHT);
            assertThat(server.bill().billed() - rows)
                    .as("rows paid twice, seed %d", seed)
                    .isLessThanOrEqualTo((long) kills * IN_FLIGHT * SUB_BATCH);
            Invoices.requireRightOutput(directory.resolve("output.csv"), rows);
            requireTheBillSaysSo(server);
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
                "--max-cost=100",
                "--quiet");
    }

    /** Rows that are recorded, and rows whose answer is kept, read or not. */
    private List<Long> durableRows() {
        try (CheckpointStore store = Wiring.store(directory.resolve(".pigeonhole"))) {
            List<JobRecord> jobs = store.jobs();
            if (jobs.isEmpty()) {
                return List.of();
            }
            try (JobLease lease = store.acquire(jobs.get(0).id(), new Holder(1, "test", Instant.EPOCH))) {
                List<Long> durable = new java.util.ArrayList<>();
                lease.recorded(1, rows).stream().forEach(bit -> durable.add(bit + 1L));
                lease.ledger()
                        .forEachAnswer(call -> durable.addAll(call.intent().rows()));
                return durable;
            }
        }
    }

    /** What the program knows of its calls is what the server knows. */
    private void requireTheBillSaysSo(FakeLlm server) {
        try (CheckpointStore store = Wiring.store(directory.resolve(".pigeonhole"))) {
            Bill bill = store.bill(store.jobs().get(0).id());
            assertThat(bill.sent()).isGreaterThanOrEqualTo(server.stats().calls());
            assertThat(bill.unanswered()).isLessThanOrEqualTo((long) kills * IN_FLIGHT);
            assertThat(bill.answered() + bill.unanswered() + bill.unbilled()).isEqualTo(bill.sent());
        }
    }
}

package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.testkit.SampleCalls;
import dev.pigeonhole.testkit.SampleJobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk stops the job; with more room it goes on as if nothing had been. */
class DiskFullTest {
    @TempDir
    Path workspace;

    @Test
    void nothingIsLostAndNothingIsHalfWritten() {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(workspace);
                JobLease lease =
                        store.acquire(store.create(SampleJobs.plan("job")).id(), SampleJobs.HOLDER)) {
            limit(store, pages(store) + 3);
            List<RowOutcome> recorded = new ArrayList<>();
            StorageException full = recordUntilRefused(lease, recorded);

            assertThat(full).hasMessageContaining("disk is full").hasMessageContaining("pigeonhole.db");
            assertThat(recorded).isNotEmpty();
            assertThat(outcomes(lease)).isEqualTo(recorded);
            assertThat(lease.counts().total()).isEqualTo(recorded.size());
            assertThatThrownBy(() -> lease.record(next(recorded))).isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> store.create(SampleJobs.oddPlan())).isInstanceOf(StorageException.class);
            assertThat(store.jobs()).hasSize(1);
            assertThat(workspace.resolve("jobs"))
                    .isDirectoryContaining(p -> p.endsWith(lease.job().id()));
            assertThat(workspace.resolve("jobs").toFile().list()).hasSize(1);

            limit(store, 1 << 30);
            List<RowOutcome> more = next(recorded);
            lease.record(more);
            recorded.addAll(more);
            assertThat(outcomes(lease)).isEqualTo(recorded);
            assertThat(lease.tally().counts()).isEqualTo(lease.counts());
        }
    }

    @Test
    void noCallIsSentThatCannotBeEntered() {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(workspace);
                JobLease lease =
                        store.acquire(store.create(SampleJobs.plan("job")).id(), SampleJobs.HOLDER)) {
            limit(store, pages(store) + 3);
            CallLedger ledger = lease.ledger();
            CallAnswer answer = SampleCalls.answer("long ".repeat(200), 1);
            long[] answered = {0};
            assertThatThrownBy(() -> {
                        while (true) {
                            ledger.answered(ledger.begin(SampleCalls.intent(1)), answer);
                            answered[0]++;
                        }
                    })
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("disk is full");

            assertThat(SampleCalls.answers(ledger)).hasSize((int) answered[0]).isNotEmpty();
            assertThat(ledger.bill().answered()).isEqualTo(answered[0]);
            limit(store, 1 << 30);
            long next = ledger.begin(SampleCalls.intent(1));
            assertThat(next).isEqualTo(ledger.bill().sent());
            ledger.answered(next, answer);
            assertThat(SampleCalls.unsettled(ledger)).hasSize((int) answered[0] + 1);
        }
    }

    private static StorageException recordUntilRefused(JobLease lease, List<RowOutcome> recorded) {
        while (true) {
            List<RowOutcome> more = next(recorded);
            try {
                lease.record(more);
                recorded.addAll(more);
            } catch (StorageException e) {
                return e;
            }
        }
    }

    private static List<RowOutcome> next(List<RowOutcome> recorded) {
        Random random = new Random(recorded.size());
        return LongStream.rangeClosed(recorded.size() + 1L, recorded.size() + 100L)
                .mapToObj(row -> SampleJobs.random(random, row))
                .toList();
    }

    private static List<RowOutcome> outcomes(JobLease lease) {
        List<RowOutcome> outcomes = new ArrayList<>();
        lease.forEachOutcome(1, Long.MAX_VALUE, outcomes::add);
        return outcomes;
    }

    private static long pages(JdbcCheckpointStore store) {
        Long pages = store.database()
                .read("pages", connection -> Sql.first(connection, "PRAGMA page_count", line -> line.getLong(1)));
        return pages == null ? 0 : pages;
    }

    private static void limit(JdbcCheckpointStore store, long pages) {
        store.database().write("limit", connection -> {
            Sql.run(connection, "PRAGMA max_page_count=" + pages);
            return true;
        });
    }
}

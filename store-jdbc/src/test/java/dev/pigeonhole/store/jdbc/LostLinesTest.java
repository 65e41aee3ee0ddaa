package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.PublishedFile;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.testkit.SampleJobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line that is gone, or that another one stands for, leaves nothing damaged behind: only sums can tell. */
class LostLinesTest {
    @TempDir
    Path temporary;

    private static FinishedBatch batch(int number) {
        return new FinishedBatch(
                number, 2L * number - 1, new Counts(2, 0, 0, 0), new PublishedFile(2, 100, "%064x".formatted(number)));
    }

    private static JobLease withThreeBatches(JdbcCheckpointStore store) {
        JobLease lease = store.acquire(store.create(SampleJobs.plan("job")).id(), SampleJobs.HOLDER);
        for (int number = 1; number <= 3; number++) {
            for (long row = 2L * number - 1; row <= 2L * number; row++) {
                lease.record(List.of(SampleJobs.categorized(row)));
            }
            lease.publishBatch(batch(number), () -> {});
        }
        return lease;
    }

    private static void lose(JdbcCheckpointStore store, String what) {
        store.database().write("test", connection -> {
            assertThat(Sql.update(connection, "DELETE FROM " + what)).isPositive();
            return true;
        });
    }

    @Test
    void aBatchThatIsGoneIsMissedWhenTheOutputIsMade() {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(temporary);
                JobLease lease = withThreeBatches(store)) {
            lose(store, "batch WHERE number = 2");

            assertThatThrownBy(() -> lease.forEachBatch(batch -> {}))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("of 3 finished batches, 2 are there");
        }
    }

    @Test
    void aBatchThatIsGoneIsMissedWhenTheJobGoesOn() {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(temporary);
                JobLease lease = withThreeBatches(store)) {
            lose(store, "batch WHERE number = 3");

            assertThatThrownBy(() -> lease.batchStartingAt(1)).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void rowsThatAreGoneAreMissedWhenTheyAreAddedUp() {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(temporary);
                JobLease lease = withThreeBatches(store)) {
            assertThat(lease.tally().counts().total()).isEqualTo(6);
            lose(store, "outcome WHERE row = 5");

            assertThatThrownBy(lease::tally).isInstanceOf(StorageException.class);
        }
    }

    /** With the line that adds the group up: only the ledger of the job knows of it then. */
    @Test
    void aWholeGroupOfRowsThatIsGoneIsMissed() {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(temporary);
                JobLease lease = withThreeBatches(store)) {
            lose(store, "outcome");
            lose(store, "outcome_group");

            assertThatThrownBy(lease::tally).isInstanceOf(StorageException.class);
        }
    }

    /** The answer would go to the wrong rows. */
    @Test
    void aCallThatSpeaksOfOtherRowsIsRefused() {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(temporary);
                JobLease lease = withThreeBatches(store)) {
            CallLedger ledger = lease.ledger();
            CallIntent intent = new CallIntent(List.of(1L, 2L, 3L), 0, "model", "keyed", Optional.empty());
            ledger.answered(
                    ledger.begin(intent), new CallAnswer("{}", "STOP", "id", TokenUsage.NONE, Optional.empty()));
            store.database().write("test", connection -> Sql.update(connection, "UPDATE call SET rows = '4-6'"));

            assertThatThrownBy(() -> ledger.forEachUnsettled(call -> {}))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("altered");
        }
    }
}

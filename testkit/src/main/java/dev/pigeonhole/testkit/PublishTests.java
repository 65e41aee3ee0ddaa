package dev.pigeonhole.testkit;

import static dev.pigeonhole.testkit.SampleJobs.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.PublishedFile;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Publishing files, and finding what was published. */
interface PublishTests extends StoreUnderTest {
    @Test
    default void aBatchIsMovedOnceAndFoundByItsFirstRow() {
        AtomicInteger moves = new AtomicInteger();
        try (JobLease lease = newJob()) {
            FinishedBatch batch = new FinishedBatch(
                    3, 4001, new Counts(1, 2, 3, 4), new PublishedFile(10, Long.MAX_VALUE, "f".repeat(64)));
            assertThat(lease.batchStartingAt(4001)).isEmpty();
            lease.publishBatch(batch, moves::incrementAndGet);

            assertThat(moves).hasValue(1);
            assertThat(lease.batchStartingAt(4001)).contains(batch);
            assertThat(lease.batchStartingAt(4000)).isEmpty();
            assertThat(lease.batchStartingAt(4002)).isEmpty();
        }
    }

    @Test
    default void batchesAreReadByNumber() {
        try (JobLease lease = newJob()) {
            List<FinishedBatch> all = new ArrayList<>();
            for (int number = 1; number <= 30; number++) {
                all.add(batch(number, 1 + (number - 1) * 7L, 7));
            }
            for (int i : new int[] {2, 0, 1}) {
                for (int j = i; j < 30; j += 3) {
                    lease.publishBatch(all.get(j), () -> {});
                }
            }

            assertThat(batches(lease)).isEqualTo(all);
        }
    }

    @Test
    default void aBatchReplacesTheOneOfItsNumber() {
        try (JobLease lease = newJob()) {
            lease.publishBatch(batch(1, 1, 10), () -> {});
            lease.publishBatch(batch(2, 11, 10), () -> {});
            FinishedBatch replacement =
                    new FinishedBatch(1, 1, new Counts(0, 10, 0, 0), new PublishedFile(10, 7, "0".repeat(64)));
            lease.publishBatch(replacement, () -> {});
            lease.publishBatch(batch(2, 12, 9), () -> {});

            assertThat(batches(lease)).containsExactly(replacement, batch(2, 12, 9));
            assertThat(lease.batchStartingAt(1)).contains(replacement);
            assertThat(lease.batchStartingAt(11)).isEmpty();
        }
    }

    @Test
    default void nothingIsRecordedIfTheMoveFails() {
        RuntimeException problem = new UncheckedIOException(new NoSuchFileException("gone"));
        Runnable move = () -> {
            throw problem;
        };
        try (JobLease lease = newJob()) {
            lease.publishBatch(batch(1, 1, 10), () -> {});

            assertThatThrownBy(() -> lease.publishBatch(batch(1, 1, 5), move)).isSameAs(problem);
            assertThatThrownBy(() -> lease.publishBatch(batch(2, 11, 5), move)).isSameAs(problem);
            assertThatThrownBy(() -> lease.publishOutput(SampleJobs.output(), move))
                    .isSameAs(problem);
            assertThat(batches(lease)).containsExactly(batch(1, 1, 10));
            assertThat(lease.job().output()).isEmpty();

            lease.publishBatch(batch(2, 11, 5), () -> {});
            assertThat(lease.batchStartingAt(11)).contains(batch(2, 11, 5));
        }
    }

    @Test
    default void theOutputIsMovedOnceAndStaysWithTheJob() {
        AtomicInteger moves = new AtomicInteger();
        JobLease lease = newJob();
        String id = lease.job().id();
        lease.publishOutput(SampleJobs.output(), moves::incrementAndGet);
        lease.close();

        assertThat(moves).hasValue(1);
        assertThat(store().find(id).orElseThrow().output()).contains(SampleJobs.output());
    }

    @Test
    default void whoeverMovesCanReadTheJob() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(SampleJobs.categorized(1)));
            lease.publishBatch(batch(1, 1, 1), () -> {
                assertThat(lease.counts().total()).isOne();
                assertThat(StoreUnderTest.outcomes(lease, 1, 1)).hasSize(1);
            });
            assertThat(batches(lease)).hasSize(1);
        }
    }

    private static List<FinishedBatch> batches(JobLease lease) {
        List<FinishedBatch> batches = new ArrayList<>();
        lease.forEachBatch(batches::add);
        return batches;
    }

    @Test
    default void batchesArePublishedTogetherOrNotAtAll() {
        AtomicInteger moves = new AtomicInteger();
        try (JobLease lease = newJob()) {
            List<FinishedBatch> both = List.of(batch(1, 1, 10), batch(2, 11, 10));
            assertThatThrownBy(() -> lease.publishBatches(both, () -> {
                        throw new UncheckedIOException(new NoSuchFileException("batch"));
                    }))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(batches(lease)).isEmpty();

            lease.publishBatches(both, moves::incrementAndGet);

            assertThat(moves).hasValue(1);
            assertThat(batches(lease)).isEqualTo(both);
        }
    }
}

package dev.pigeonhole.testkit;

import static dev.pigeonhole.testkit.SampleJobs.categorized;
import static dev.pigeonhole.testkit.SampleJobs.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recording outcomes, and reading them again. */
interface OutcomeTests extends StoreUnderTest {
    @Test
    default void outcomesAreKeptExactlyAndReadInRowOrder() {
        List<RowOutcome> all = List.of(
                new RowOutcome(1, new Outcome.Skipped(), 0, 0),
                new RowOutcome(2, Outcome.categorized(SampleJobs.CATEGORIES.get(1), ""), 1, 2),
                new RowOutcome(3, new Outcome.Categorized("Other", OptionalDouble.of(0.0), "a\0b🙂"), 1, 1),
                new RowOutcome(4, new Outcome.Categorized("Other", OptionalDouble.of(1.0), "human"), 1, 1),
                new RowOutcome(5, new Outcome.Categorized("Other", OptionalDouble.of(0.1), "local"), 1, 1),
                new RowOutcome(6, new Outcome.Unmatched(OptionalDouble.of(Double.MIN_VALUE), "local"), 1, 1),
                new RowOutcome(7, new Outcome.Unmatched(OptionalDouble.of(Math.nextDown(1.0)), "local"), 1, 1),
                new RowOutcome(8, Outcome.unmatched("local"), Integer.MAX_VALUE, Integer.MAX_VALUE),
                new RowOutcome(9, new Outcome.Failed(FailureCause.CSV_SHAPE, ""), 0, 0),
                new RowOutcome(10, new Outcome.Failed(FailureCause.TIMEOUT, "a\0'\"\n🙂"), 100, 5),
                new RowOutcome(9_999_999_999L, Outcome.categorized("Billing", "local"), 1, 1));
        List<RowOutcome> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(1));
        try (JobLease lease = newJob()) {
            lease.record(shuffled);

            assertThat(StoreUnderTest.outcomes(lease, 1, Long.MAX_VALUE)).isEqualTo(all);
            assertThat(StoreUnderTest.outcomes(lease, 3, 8)).isEqualTo(all.subList(2, 8));
            assertThat(StoreUnderTest.outcomes(lease, 11, 9_999_999_998L)).isEmpty();
            assertThat(StoreUnderTest.outcomes(lease, 8, 7)).isEmpty();
            assertThat(StoreUnderTest.failures(lease)).isEqualTo(all.subList(8, 10));
        }
    }

    @Test
    default void everyCauseOfFailureIsKept() {
        try (JobLease lease = newJob()) {
            List<RowOutcome> all = new ArrayList<>();
            for (FailureCause cause : FailureCause.values()) {
                all.add(failed(1 + all.size() * 300L, cause));
            }
            lease.record(all);

            assertThat(StoreUnderTest.failures(lease)).isEqualTo(all);
        }
    }

    @Test
    default void theFirstOutcomeOfARowStays() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(categorized(1), categorized(3)));
            lease.record(List.of(failed(1, FailureCause.TIMEOUT), failed(2, FailureCause.TIMEOUT)));
            lease.record(List.of(categorized(2), failed(3, FailureCause.TOO_LONG), categorized(4)));
            lease.record(List.of(categorized(5), failed(5, FailureCause.TIMEOUT)));

            assertThat(StoreUnderTest.outcomes(lease, 1, 9))
                    .containsExactly(
                            categorized(1),
                            failed(2, FailureCause.TIMEOUT),
                            categorized(3),
                            categorized(4),
                            categorized(5));
            assertThat(StoreUnderTest.failures(lease)).containsExactly(failed(2, FailureCause.TIMEOUT));
            assertThat(lease.counts().total()).isEqualTo(5);
        }
    }

    @Test
    default void recordingNothingChangesNothing() {
        try (JobLease lease = newJob()) {
            lease.record(List.of());
            assertThat(lease.counts().total()).isZero();
        }
    }

    @Test
    default void aCategoryThatIsNotInThePlanIsRefusedWithAllThatCameWithIt() {
        try (JobLease lease = newJob()) {
            RowOutcome invented = new RowOutcome(2, Outcome.categorized("billing", "local"), 1, 1);

            assertThatThrownBy(() -> lease.record(List.of(categorized(1), invented, categorized(3))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(lease.counts().total()).isZero();
            assertThat(StoreUnderTest.outcomes(lease, 1, 9)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 255, 256, 257, 512, 1999, 2000, 2001, 65_536, 4_294_967_296L})
    default void recordedShowsExactlyTheRowsThatAreThere(long row) {
        try (JobLease lease = newJob()) {
            lease.record(List.of(categorized(row)));

            assertThat(lease.recorded(row, 1)).isEqualTo(bits(0));
            assertThat(lease.recorded(row, 0)).isEqualTo(bits());
            assertThat(lease.recorded(row + 1, 600)).isEqualTo(bits());
            long before = Math.max(1, row - 300);
            assertThat(lease.recorded(before, (int) (row - before))).isEqualTo(bits());
            assertThat(lease.recorded(before, 2000)).isEqualTo(bits((int) (row - before)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pigeonhole.testkit.Seeds#some")
    default void recordedEqualsAModel(long seed) {
        Random random = new Random(seed);
        BitSet model = new BitSet();
        try (JobLease lease = newJob()) {
            for (int i = 0; i < 30; i++) {
                List<RowOutcome> some = random.longs(random.nextInt(90), 1, 3000)
                        .mapToObj(row -> SampleJobs.random(random, row))
                        .toList();
                lease.record(some);
                some.forEach(o -> model.set((int) o.row()));
                int from = 1 + random.nextInt(3000);
                int to = from + random.nextInt(1000);
                assertThat(lease.recorded(from, to - from)).as("seed %d", seed).isEqualTo(model.get(from, to));
            }
        }
    }

    @Test
    default void jobsDoNotMix() {
        try (JobLease first = newJob();
                JobLease second = newJob()) {
            first.record(List.of(categorized(1), failed(2, FailureCause.TIMEOUT)));
            second.record(List.of(failed(1, FailureCause.TOO_LONG), categorized(3)));

            assertThat(StoreUnderTest.outcomes(first, 1, 9))
                    .containsExactly(categorized(1), failed(2, FailureCause.TIMEOUT));
            assertThat(StoreUnderTest.outcomes(second, 1, 9))
                    .containsExactly(failed(1, FailureCause.TOO_LONG), categorized(3));
            assertThat(StoreUnderTest.failures(second)).containsExactly(failed(1, FailureCause.TOO_LONG));
            assertThat(second.reopenFailures()).isOne();
            assertThat(first.counts().failed()).isOne();
        }
    }

    @Test
    default void readingCanGoOnWhileRowsAreRecorded() {
        try (JobLease lease = newJob()) {
            lease.record(rows(1, 1000));
            List<RowOutcome> seen = new ArrayList<>();
            lease.forEachOutcome(1, 1000, outcome -> {
                if (outcome.row() % 100 == 0) {
                    lease.record(List.of(categorized(1000 + outcome.row())));
                    assertThat(lease.recorded(1000 + outcome.row(), 1).cardinality())
                            .isOne();
                }
                seen.add(outcome);
            });

            assertThat(seen).isEqualTo(rows(1, 1000));
            assertThat(lease.counts().total()).isEqualTo(1010);
        }
    }

    /** On another thread, until all is seen. */
    @Test
    default void countingAndReadingGoOnBesideTheRecorder() throws Exception {
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try (JobLease lease = newJob()) {
            String id = lease.job().id();
            Future<?> reading = reader.submit(() -> {
                long total = 0;
                while (total < 2000) {
                    total = store().tally(id).counts().total();
                    assertThat(total).isLessThanOrEqualTo(2000);
                    assertThat(StoreUnderTest.outcomes(lease, 1, 2000).size()).isGreaterThanOrEqualTo((int) total);
                }
            });
            for (int i = 0; i < 100; i++) {
                lease.record(rows(1 + i * 20, 20 + i * 20));
            }
            reading.get();
        } finally {
            reader.shutdown();
        }
    }

    private static List<RowOutcome> rows(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(SampleJobs::categorized)
                .toList();
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        for (int bit : set) {
            bits.set(bit);
        }
        return bits;
    }
}

package dev.pigeonhole.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.PublishedFile;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.Tally;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers add up. */
interface CountTests extends StoreUnderTest {
    @Test
    default void aNewJobCountsNothing() {
        try (JobLease lease = newJob()) {
            assertThat(lease.counts()).isEqualTo(Counts.NONE);
            assertThat(lease.tally()).isEqualTo(new Tally(Counts.NONE, Map.of(), Map.of()));
            assertThat(store().tally(lease.job().id())).isEqualTo(lease.tally());
        }
    }

    @Test
    default void aLeaseTellsHowTheJobWasBefore() {
        String id;
        try (JobLease lease = newJob()) {
            id = lease.job().id();
            assertThat(lease.before().state()).isEqualTo(JobState.PAUSED);
            lease.changeState(JobState.COMPLETED, null, "all is well");
        }
        try (JobLease lease = store().acquire(id, SampleJobs.HOLDER)) {
            assertThat(lease.before().state()).isEqualTo(JobState.COMPLETED);
            assertThat(lease.before().message()).isEqualTo("all is well");
            assertThat(lease.job().state()).isEqualTo(JobState.RUNNING);
        }
        try (JobLease lease = store().acquire(id, SampleJobs.HOLDER)) {
            assertThat(lease.before().state()).isEqualTo(JobState.INTERRUPTED);
        }
    }

    @Test
    default void categoriesAreTalliedInTheOrderOfTheTaxonomy() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(
                    new RowOutcome(1, Outcome.categorized("Other", "local"), 1, 1),
                    new RowOutcome(2, Outcome.categorized("Billing", "local"), 1, 1)));

            assertThat(lease.tally().byCategory().keySet()).containsExactly("Billing", "Other");
        }
    }

    /** Any order of recording, publishing and reopening gives what a map of rows gives. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pigeonhole.testkit.Seeds#some")
    default void countsEqualAModel(long seed) {
        Random random = new Random(seed);
        Map<Long, RowOutcome> model = new TreeMap<>();
        try (JobLease lease = newJob()) {
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(12)) {
                    case 0, 1 -> publish(lease, model, random.nextInt(10));
                    case 2, 3 -> assertThat(lease.reopenFailures()).isEqualTo(reopen(model));
                    case 4 -> assertThat(lease.reopenAnswered()).isEqualTo(reopenAnswered(model));
                    default -> record(lease, model, random);
                }
                assertThat(lease.counts())
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(tally(model).counts());
                assertThat(store().counts(lease.job().id()))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(lease.counts());
            }
            assertThat(lease.tally()).as("seed %d", seed).isEqualTo(tally(model));
            assertThat(store().tally(lease.job().id())).isEqualTo(tally(model));
            assertThat(StoreUnderTest.outcomes(lease, 1, 1000)).containsExactlyElementsOf(model.values());
        }
    }

    private static void record(JobLease lease, Map<Long, RowOutcome> model, Random random) {
        long first = 1L + random.nextInt(980);
        List<RowOutcome> some = random.longs(random.nextInt(80), first, first + 21)
                .mapToObj(row -> SampleJobs.random(random, row))
                .toList();
        lease.record(some);
        some.forEach(o -> model.putIfAbsent(o.row(), o));
    }

    private static void publish(JobLease lease, Map<Long, RowOutcome> model, int index) {
        Counts counts = Counts.NONE;
        for (long row = 1 + index * 100L; row <= 100 + index * 100L; row++) {
            RowOutcome outcome = model.get(row);
            counts = outcome == null ? counts : counts.plus(outcome.outcome());
        }
        PublishedFile file = new PublishedFile(counts.total(), 1, "ab");
        lease.publishBatch(new FinishedBatch(index + 1, 1 + index * 100L, counts, file), () -> {});
    }

    private static long reopen(Map<Long, RowOutcome> model) {
        long before = model.size();
        model.values()
                .removeIf(o -> o.outcome() instanceof Outcome.Failed failed
                        && failed.cause().canAskAgain());
        return before - model.size();
    }

    private static long reopenAnswered(Map<Long, RowOutcome> model) {
        long before = model.size();
        model.values().removeIf(RowOutcome::isAnswered);
        return before - model.size();
    }

    private static Tally tally(Map<Long, RowOutcome> model) {
        Counts counts = Counts.NONE;
        Map<String, Long> byCategory = new TreeMap<>();
        Map<FailureCause, Long> byCause = new TreeMap<>();
        for (RowOutcome row : model.values()) {
            counts = counts.plus(row.outcome());
            if (row.outcome() instanceof Outcome.Categorized categorized) {
                byCategory.merge(categorized.category(), 1L, Long::sum);
            } else if (row.outcome() instanceof Outcome.Failed failed) {
                byCause.merge(failed.cause(), 1L, Long::sum);
            }
        }
        return new Tally(counts, byCategory, byCause);
    }
}

package dev.pigeonhole.testkit;

import static dev.pigeonhole.testkit.SampleJobs.batch;
import static dev.pigeonhole.testkit.SampleJobs.categorized;
import static dev.pigeonhole.testkit.SampleJobs.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.Review;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.SeenRow;
import dev.pigeonhole.core.checkpoint.StaleLeaseException;
import dev.pigeonhole.core.checkpoint.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What people say of rows, and how it gets into the outcomes. */
interface ReviewTests extends StoreUnderTest {
    Verdict OTHER = new Verdict.Category("Other");

    private static RowOutcome human(long row, String category) {
        return new RowOutcome(row, Outcome.categorized(category, "human"), 1, 1);
    }

    private static SeenRow seen(JobRows rows, long row) {
        return rows.find(row).orElseThrow();
    }

    private JobRows rows(JobLease lease) {
        return store().rows(lease.job().id());
    }

    @Test
    default void aReviewHoldsAtOnceAndIsPublishedWhenItIsApplied() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(categorized(1), categorized(2)));
            JobRows rows = rows(lease);

            Review review = rows.review(1, OTHER);

            assertThat(review.number()).isOne();
            assertThat(rows.reviews(5)).containsExactly(review);
            assertThat(seen(rows, 1))
                    .isEqualTo(new SeenRow(
                            human(1, "Other"),
                            Optional.of(review),
                            Optional.of(categorized(1).outcome()),
                            false));
            assertThat(rows.unpublished()).isOne();
            assertThat(StoreUnderTest.outcomes(lease, 1, 2)).containsExactly(categorized(1), categorized(2));

            assertThat(lease.applyReviews()).isOne();

            assertThat(StoreUnderTest.outcomes(lease, 1, 2)).containsExactly(human(1, "Other"), categorized(2));
            assertThat(seen(rows, 1).published()).isTrue();
            assertThat(seen(rows, 1).machine()).contains(categorized(1).outcome());
            assertThat(rows.unpublished()).isZero();
            assertThat(rows.reviewed()).isOne();
            assertThat(lease.applyReviews()).isZero();
        }
    }

    @Test
    default void everyVerdictHasItsOutcomeAndKeepsTheCalls() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(
                    failed(1, FailureCause.TIMEOUT),
                    failed(2, FailureCause.CSV_SHAPE),
                    categorized(3),
                    categorized(4)));
            JobRows rows = rows(lease);
            rows.review(1, OTHER);
            rows.review(2, new Verdict.NoCategory());
            rows.review(3, new Verdict.Confirmed());
            rows.review(4, new Verdict.Withdrawn());

            assertThat(lease.applyReviews()).isEqualTo(2);

            assertThat(StoreUnderTest.outcomes(lease, 1, 9))
                    .containsExactly(
                            new RowOutcome(1, Outcome.categorized("Other", "human"), 3, 4),
                            new RowOutcome(2, Outcome.unmatched("human"), 3, 4),
                            categorized(3),
                            categorized(4));
            assertThat(StoreUnderTest.failures(lease)).isEmpty();
            assertThat(lease.counts()).isEqualTo(new Counts(3, 1, 0, 0));
            assertThat(lease.tally().counts()).isEqualTo(lease.counts());
            assertThat(rows.reviewed()).isEqualTo(3);
            assertThat(seen(rows, 3).machine()).isEmpty();
            assertThat(seen(rows, 4).review()).isEmpty();
        }
    }

    @Test
    default void batchesOfChangedRowsAreForgottenAndTheOutputIsNot() {
        try (JobLease lease = newJob()) {
            lease.record(LongStream.rangeClosed(1, 40)
                    .mapToObj(SampleJobs::categorized)
                    .toList());
            for (int number = 1; number <= 4; number++) {
                lease.publishBatch(batch(number, 1 + (number - 1) * 10L, 10), () -> {});
            }
            lease.publishOutput(SampleJobs.output(), () -> {});
            JobRows rows = rows(lease);
            rows.review(11, OTHER);
            rows.review(40, OTHER);
            rows.review(25, new Verdict.Confirmed());

            lease.applyReviews();

            assertThat(lease.batchStartingAt(1)).contains(batch(1, 1, 10));
            assertThat(lease.batchStartingAt(11)).isEmpty();
            assertThat(lease.batchStartingAt(21)).contains(batch(3, 21, 10));
            assertThat(lease.batchStartingAt(31)).isEmpty();
            assertThat(lease.job().output()).contains(SampleJobs.output());
        }
    }

    @Test
    default void whatIsWithdrawnComesBackAsItWas() {
        List<RowOutcome> before =
                List.of(categorized(1), failed(2, FailureCause.TIMEOUT), failed(3, FailureCause.TOO_LONG));
        try (JobLease lease = newJob()) {
            lease.record(before);
            JobRows rows = rows(lease);
            for (RowOutcome row : before) {
                rows.review(row.row(), OTHER);
            }
            lease.applyReviews();
            rows.review(1, new Verdict.NoCategory());
            lease.applyReviews();
            for (RowOutcome row : before) {
                rows.review(row.row(), new Verdict.Withdrawn());
            }
            assertThat(rows.unpublished()).isEqualTo(3);
            assertThat(seen(rows, 2).row()).isEqualTo(before.get(1));

            assertThat(lease.applyReviews()).isEqualTo(3);

            assertThat(StoreUnderTest.outcomes(lease, 1, 9)).isEqualTo(before);
            assertThat(StoreUnderTest.failures(lease)).hasSize(2);
            assertThat(seen(rows, 1)).isEqualTo(new SeenRow(before.get(0), Optional.empty(), Optional.empty(), true));
            assertThat(rows.reviewed()).isZero();
            assertThat(lease.applyReviews()).isZero();
        }
    }

    @Test
    default void undoingGoesBackStepByStepAndNotForth() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(categorized(1), categorized(2)));
            JobRows rows = rows(lease);
            rows.review(1, OTHER);
            rows.review(1, new Verdict.NoCategory());
            rows.review(2, new Verdict.Confirmed());

            Review first = rows.undo().orElseThrow();
            assertThat(first.row()).isEqualTo(2);
            assertThat(first.undoes()).isEqualTo(OptionalLong.of(3));
            assertThat(first.verdict()).isEqualTo(new Verdict.Withdrawn());
            Review second = rows.undo().orElseThrow();
            assertThat(second.row()).isEqualTo(1);
            assertThat(second.verdict()).isEqualTo(OTHER);
            assertThat(seen(rows, 1).row()).isEqualTo(human(1, "Other"));

            rows.review(1, new Verdict.Confirmed());
            assertThat(rows.undo().orElseThrow().verdict()).isEqualTo(OTHER);
            Review last = rows.undo().orElseThrow();
            assertThat(last.undoes()).isEqualTo(OptionalLong.of(1));
            assertThat(last.verdict()).isEqualTo(new Verdict.Withdrawn());
            assertThat(rows.undo()).isEmpty();
            assertThat(seen(rows, 1).row()).isEqualTo(categorized(1));
            assertThat(rows.reviews(3)).extracting(Review::number).containsExactly(8L, 7L, 6L);
            assertThat(rows.reviews(99)).hasSize(8);
        }
    }

    @Test
    default void aWithdrawalCanBeUndone() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(categorized(1)));
            JobRows rows = rows(lease);
            rows.review(1, OTHER);
            lease.applyReviews();
            rows.review(1, new Verdict.Withdrawn());
            lease.applyReviews();

            rows.undo();
            lease.applyReviews();

            assertThat(StoreUnderTest.outcomes(lease, 1, 1)).containsExactly(human(1, "Other"));
            assertThat(seen(rows, 1).machine()).contains(categorized(1).outcome());
        }
    }

    @Test
    default void whatCannotBeSaidIsRefused() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(categorized(1)));
            JobRows rows = rows(lease);

            assertThatThrownBy(() -> rows.review(2, OTHER)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> rows.review(1, new Verdict.Category("other")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(rows.reviews(9)).isEmpty();
        }
    }

    @Test
    default void whatPeopleSaidSurvivesAskingAgainAndMakingAnew() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(
                    categorized(1), failed(2, FailureCause.TIMEOUT), failed(3, FailureCause.TIMEOUT), categorized(4)));
            JobRows rows = rows(lease);
            rows.review(1, OTHER);
            rows.review(2, OTHER);
            lease.applyReviews();

            assertThat(lease.reopenFailures()).isOne();
            assertThat(lease.reopenAnswered()).isOne();

            RowOutcome corrected = new RowOutcome(2, Outcome.categorized("Other", "human"), 3, 4);
            assertThat(StoreUnderTest.outcomes(lease, 1, 9)).containsExactly(human(1, "Other"), corrected);
            assertThat(lease.counts()).isEqualTo(new Counts(2, 0, 0, 0));
            assertThat(lease.tally().counts()).isEqualTo(lease.counts());
            assertThat(lease.applyReviews()).isZero();
            lease.record(List.of(categorized(1), categorized(2), categorized(3), categorized(4)));
            assertThat(StoreUnderTest.outcomes(lease, 1, 2)).containsExactly(human(1, "Other"), corrected);

            rows.review(2, new Verdict.Withdrawn());
            lease.applyReviews();
            assertThat(StoreUnderTest.failures(lease)).containsExactly(failed(2, FailureCause.TIMEOUT));
        }
    }

    /** As when somebody judges a failed row in the moment in which it is asked again. */
    @Test
    default void aRowThatIsAskedAgainKeepsItsReviewForLater() {
        try (JobLease lease = newJob()) {
            lease.record(List.of(failed(1, FailureCause.TIMEOUT), failed(2, FailureCause.TIMEOUT)));
            JobRows rows = rows(lease);
            rows.review(1, OTHER);
            rows.review(2, new Verdict.Withdrawn());
            lease.reopenFailures();
            assertThat(lease.applyReviews()).isZero();
            assertThat(rows.find(1)).isEmpty();
            assertThat(rows.unpublished()).isZero();

            lease.record(List.of(categorized(1), categorized(2)));

            assertThat(rows.unpublished()).isOne();
            assertThat(lease.applyReviews()).isOne();
            assertThat(StoreUnderTest.outcomes(lease, 1, 2)).containsExactly(human(1, "Other"), categorized(2));
            assertThat(seen(rows, 1).machine()).contains(categorized(1).outcome());
        }
    }

    @Test
    default void whoLostTheJobCannotApply() {
        try (JobLease lost = newJob()) {
            lost.record(List.of(categorized(1)));
            String id = lost.job().id();
            store().rows(id).review(1, OTHER);
            dropLock(id);
            try (JobLease lease = store().acquire(id, SampleJobs.HOLDER)) {
                assertThatThrownBy(lost::applyReviews).isInstanceOf(StaleLeaseException.class);
                assertThat(lease.applyReviews()).isOne();
            }
        }
    }

    @Test
    default void peopleCanJudgeWhileRowsAreRecorded() throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(2);
        try (JobLease lease = newJob()) {
            lease.record(List.of(categorized(1)));
            JobRows rows = rows(lease);
            List<Future<?>> both = new ArrayList<>();
            for (int person = 0; person < 2; person++) {
                both.add(people.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        rows.review(1, i % 2 == 0 ? OTHER : new Verdict.NoCategory());
                    }
                }));
            }
            for (int i = 2; i < 60; i++) {
                lease.record(List.of(categorized(i)));
                lease.applyReviews();
            }
            for (Future<?> person : both) {
                person.get();
            }

            lease.applyReviews();
            assertThat(rows.reviews(99)).hasSize(40);
            assertThat(StoreUnderTest.outcomes(lease, 1, 1))
                    .containsExactly(seen(rows, 1).row());
            assertThat(lease.counts().total()).isEqualTo(59);
            assertThat(lease.tally().counts()).isEqualTo(lease.counts());
        } finally {
            people.shutdown();
        }
    }
}

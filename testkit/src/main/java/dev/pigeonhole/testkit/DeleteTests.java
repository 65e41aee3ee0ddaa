package dev.pigeonhole.testkit;

import static dev.pigeonhole.testkit.SampleJobs.categorized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.KnownAnswer;
import dev.pigeonhole.core.checkpoint.Recording;
import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowOrder;
import dev.pigeonhole.core.checkpoint.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Forgetting a job. */
interface DeleteTests extends StoreUnderTest {
    KnownAnswer ANSWER =
            new KnownAnswer(AnswerKey.of(new byte[0], "text"), categorized(1).outcome());

    /** A job with something in every place. */
    private JobRecord fullJob() throws IOException {
        try (JobLease lease = newJob()) {
            lease.ledger().begin(SampleCalls.intent(1));
            lease.ledger().answered(1, SampleCalls.answer("one", 1));
            lease.record(new Recording(
                    List.of(categorized(1), SampleJobs.failed(2, FailureCause.TIMEOUT)), List.of(ANSWER), List.of(1L)));
            JobRows rows = store().rows(lease.job().id());
            rows.review(1, new Verdict.NoCategory());
            lease.applyReviews();
            lease.publishBatch(SampleJobs.batch(1, 1, 2), () -> {});
            rows.makeSearchable(List.of(new Item(1, "word")).iterator(), row -> {});
            rows.page(RowFilter.ALL, RowOrder.ROW, 0, 9);
            Path batches = Files.createDirectory(lease.job().directory().resolve("batches"));
            Files.writeString(batches.resolve("batch-00001.csv"), "text");
            return lease.job();
        }
    }

    @Test
    default void ofADeletedJobNothingIsLeftButKnownAnswers() throws IOException {
        JobRecord job = fullJob();
        JobRecord other = fullJob();
        JobRows rows = store().rows(job.id());

        store().delete(job.id());

        assertThat(store().jobs()).extracting(JobRecord::id).containsExactly(other.id());
        assertThat(store().find(job.id())).isEmpty();
        assertThat(job.directory()).doesNotExist();
        assertThat(other.directory()).exists();
        assertThat(store().known(List.of(ANSWER.key()))).containsKey(ANSWER.key());
        assertThatThrownBy(() -> store().acquire(job.id(), SampleJobs.HOLDER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().rows(job.id())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().tally(job.id())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().delete(job.id())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rows.page(RowFilter.ALL, RowOrder.ROW, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rows.review(1, new Verdict.Confirmed())).isInstanceOf(IllegalArgumentException.class);
        assertThat(store().rows(other.id()).find(1).orElseThrow().row().isByPerson())
                .isTrue();
        assertThat(store().bill(other.id()).answered()).isOne();
    }

    @Test
    default void aDeletedJobMakesRoomForTheSameOnceMore() throws IOException {
        JobRecord job = fullJob();
        assertThat(store().createUnlessThere(job.plan())).isEmpty();

        store().delete(job.id());

        JobRecord again = store().createUnlessThere(job.plan()).orElseThrow();
        assertThat(again.id()).isNotEqualTo(job.id());
        assertThat(store().tally(again.id()).counts().total()).isZero();
        assertThat(store().rows(again.id()).reviews(9)).isEmpty();
        assertThat(store().jobs()).containsExactly(again);
    }

    @Test
    default void aHeldJobIsNotDeleted() {
        try (JobLease lease = newJob()) {
            assertThatThrownBy(() -> store().delete(lease.job().id())).isInstanceOf(JobLockedException.class);

            lease.record(List.of(categorized(1)));
            assertThat(lease.job().directory()).exists();
            assertThat(store().find(lease.job().id())).isPresent();
        }
    }

    @Test
    default void onlyJobsThatAreThereCanBeDeleted() {
        assertThatThrownBy(() -> store().delete("nothere")).isInstanceOf(IllegalArgumentException.class);
    }
}

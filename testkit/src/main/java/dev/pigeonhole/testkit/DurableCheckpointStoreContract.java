package dev.pigeonhole.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.KnownAnswer;
import dev.pigeonhole.core.checkpoint.Recording;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.PaidCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a store that outlives its objects must do besides: the same for all who open it, now and later. */
public abstract class DurableCheckpointStoreContract extends CheckpointStoreContract {
    @Test
    void everythingIsThereAfterOpeningAgain() {
        Random random = new Random(7);
        List<RowOutcome> outcomes = LongStream.rangeClosed(1, 1000)
                .mapToObj(row -> SampleJobs.random(random, row))
                .toList();
        JobRecord created = store().create(SampleJobs.oddPlan());
        JobRecord before;
        try (JobLease lease = store().acquire(created.id(), SampleJobs.HOLDER)) {
            lease.record(outcomes);
            lease.publishBatch(SampleJobs.batch(1, 1, 1000), () -> {});
            lease.publishOutput(SampleJobs.output(), () -> {});
            lease.changeState(JobState.PAUSED, PauseReason.QUOTA, "pay");
            before = lease.job();
        }
        store().close();

        try (CheckpointStore again = open(directory())) {
            assertThat(again.jobs()).containsExactly(before);
            assertThat(again.find(created.id())).contains(before);
            try (JobLease lease = again.acquire(created.id(), SampleJobs.HOLDER)) {
                List<FinishedBatch> batches = new ArrayList<>();
                lease.forEachBatch(batches::add);
                assertThat(lease.epoch()).isEqualTo(2);
                assertThat(StoreUnderTest.outcomes(lease, 1, 9999)).isEqualTo(outcomes);
                assertThat(batches).containsExactly(SampleJobs.batch(1, 1, 1000));
                assertThat(lease.counts()).isEqualTo(again.tally(created.id()).counts());
                lease.record(List.of(SampleJobs.failed(1, FailureCause.TIMEOUT), SampleJobs.categorized(1001)));
                assertThat(lease.counts().total()).isEqualTo(1001);
            }
        }
    }

    @Test
    void callsAndAnswersAreThereAfterOpeningAgain() {
        KnownAnswer known = new KnownAnswer(
                AnswerKey.of(new byte[0], "text"), SampleJobs.categorized(1).outcome());
        String longText = SampleCalls.unicode(new Random(3), 4 << 20) + '\0';
        String id;
        try (JobLease lease = newJob()) {
            id = lease.job().id();
            for (int i = 0; i < 3; i++) {
                lease.ledger().begin(SampleCalls.intent(1));
            }
            lease.ledger().answered(1, SampleCalls.answer(longText, 1));
            lease.ledger().answered(2, SampleCalls.answer("two", 2));
            lease.record(new Recording(List.of(SampleJobs.categorized(1)), List.of(known), List.of(2L)));
        }
        Bill bill = store().bill(id);
        store().close();

        try (CheckpointStore again = open(directory());
                JobLease lease = again.acquire(id, SampleJobs.HOLDER)) {
            assertThat(again.bill(id)).isEqualTo(bill).isEqualTo(lease.ledger().bill());
            assertThat(bill.unanswered()).isOne();
            List<PaidCall> unsettled = SampleCalls.unsettled(lease.ledger());
            assertThat(unsettled).hasSize(1);
            assertThat(unsettled.get(0).answer().text().equals(longText)).isTrue();
            assertThat(again.known(List.of(known.key()))).isEqualTo(Map.of(known.key(), known.outcome()));
            assertThat(lease.ledger().begin(SampleCalls.intent(1))).isEqualTo(4);
            lease.ledger().answered(3, SampleCalls.answer("late", 3));
        }
    }

    @Test
    void aCallIsThereBeforeItIsSentThoughNothingWasClosed() {
        JobLease lease = newJob();
        String id = lease.job().id();
        try (CheckpointStore other = open(directory())) {
            long call = lease.ledger().begin(SampleCalls.intent(1));
            assertThat(other.bill(id).unanswered()).isOne();

            lease.ledger().answered(call, SampleCalls.answer("text", 7));
            assertThat(other.bill(id).unanswered()).isZero();
            assertThat(other.bill(id).cost().picodollars()).isEqualTo(7);
        }
    }

    @Test
    void whatOneObjectWritesAnotherSees() {
        try (CheckpointStore other = open(directory());
                JobLease lease = newJob()) {
            String id = lease.job().id();
            assertThat(other.jobs()).containsExactly(lease.job());
            lease.record(List.of(SampleJobs.categorized(1)));

            assertThat(other.tally(id).counts().categorized()).isOne();
            assertThat(other.find(id).orElseThrow().state()).isEqualTo(JobState.RUNNING);
            other.create(SampleJobs.plan("second"));
            assertThat(store().jobs()).hasSize(2);
        }
    }

    @Test
    void aJobHeldThroughOneObjectIsRefusedByAnother() {
        try (CheckpointStore other = open(directory())) {
            JobLease lease = newJob();
            String id = lease.job().id();
            assertThatThrownBy(() -> other.acquire(id, SampleJobs.HOLDER))
                    .isInstanceOf(JobLockedException.class)
                    .hasMessageContaining("4711");
            lease.close();

            try (JobLease next = other.acquire(id, SampleJobs.HOLDER)) {
                assertThat(next.epoch()).isEqualTo(2);
                assertThatThrownBy(() -> store().acquire(id, SampleJobs.HOLDER)).isInstanceOf(JobLockedException.class);
            }
        }
    }

    @Test
    void severalObjectsCanOpenANewStoreAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 5; round++) {
                Path fresh = temporary.resolve("new " + round);
                Callable<String> opener = () -> {
                    try (CheckpointStore store = open(fresh)) {
                        return store.create(SampleJobs.plan("job")).id();
                    }
                };
                List<Future<String>> ids = threads.invokeAll(List.of(opener, opener, opener, opener, opener, opener));
                List<String> created = new ArrayList<>();
                for (Future<String> id : ids) {
                    created.add(id.get());
                }
                try (CheckpointStore store = open(fresh)) {
                    assertThat(store.jobs()).extracting(JobRecord::id).containsExactlyInAnyOrderElementsOf(created);
                }
            }
        } finally {
            threads.shutdown();
        }
    }
}

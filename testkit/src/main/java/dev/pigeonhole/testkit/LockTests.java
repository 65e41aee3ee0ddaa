package dev.pigeonhole.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One holder at a time. */
interface LockTests extends StoreUnderTest {
    @Test
    default void everyAcquisitionHasAHigherEpoch() {
        String id = store().create(SampleJobs.plan("job")).id();
        for (long epoch = 1; epoch <= 5; epoch++) {
            try (JobLease lease = store().acquire(id, SampleJobs.HOLDER)) {
                assertThat(lease.epoch()).isEqualTo(epoch);
            }
        }
    }

    @Test
    default void aHeldJobIsRefusedAndItsHolderNamed() {
        JobLease lease = newJob();
        String id = lease.job().id();

        assertThatThrownBy(() -> store().acquire(id, SampleJobs.HOLDER))
                .asInstanceOf(type(JobLockedException.class))
                .satisfies(e -> assertThat(e.holder()).isEqualTo(Optional.of(SampleJobs.HOLDER)))
                .satisfies(e -> assertThat(e).hasMessageContaining("4711").hasMessageContaining("host.example"));

        lease.record(List.of(SampleJobs.categorized(1)));
        lease.close();
        store().acquire(id, SampleJobs.HOLDER).close();
    }

    @Test
    default void ofManyWhoBeginTheSameWorkAtOnceOneMakesTheJob() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Optional<String>> beginner =
                    () -> store().createUnlessThere(SampleJobs.plan("job")).map(job -> job.id());
            List<String> made = new ArrayList<>();
            for (Future<Optional<String>> id : threads.invokeAll(Collections.nCopies(16, beginner))) {
                id.get().ifPresent(made::add);
            }
            assertThat(made).hasSize(1);
            assertThat(store().jobs()).hasSize(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    default void aJobThatIsNotThereCannotBeHeldOrCounted() {
        assertThatThrownBy(() -> store().acquire("nosuchjob1", SampleJobs.HOLDER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nosuchjob1");
        assertThatThrownBy(() -> store().tally("nosuchjob1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void givingBackTwiceDoesNotTakeTheJobFromTheNext() {
        JobLease lease = newJob();
        String id = lease.job().id();
        lease.close();
        try (JobLease next = store().acquire(id, SampleJobs.HOLDER)) {
            lease.close();

            assertThatThrownBy(() -> store().acquire(id, SampleJobs.HOLDER)).isInstanceOf(JobLockedException.class);
            next.record(List.of(SampleJobs.categorized(1)));
        }
    }

    @Test
    default void aJobGivenBackCannotBeUsed() {
        JobLease lease = newJob();
        lease.close();

        assertThatThrownBy(() -> lease.record(List.of(SampleJobs.categorized(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("given back");
        assertThatThrownBy(lease::counts).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(lease::job).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> lease.publishOutput(SampleJobs.output(), () -> {
                    throw new AssertionError("must not run");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void heldJobsDoNotKeepOthersFromBeingHeld() {
        try (JobLease first = newJob();
                JobLease second = newJob()) {
            first.record(List.of(SampleJobs.categorized(1)));
            assertThat(second.counts().total()).isZero();
        }
    }

    /** Threads fight for a job while others look at it: never two holders, and never a held job that is seen as interrupted. */
    @Test
    default void onlyOneOfManyThreadsHoldsAJob() throws Exception {
        String id = store().create(SampleJobs.plan("job")).id();
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        Callable<Void> taker = () -> {
            for (int i = 0; i < 30; i++) {
                try (JobLease lease = store().acquire(id, SampleJobs.HOLDER)) {
                    assertThat(holders.incrementAndGet()).isEqualTo(1);
                    assertThat(lease.job().state().name()).isEqualTo("RUNNING");
                    taken.incrementAndGet();
                    holders.decrementAndGet();
                } catch (JobLockedException e) {
                    assertThat(e).hasMessageContaining(id);
                }
            }
            return null;
        };
        Callable<Void> looker = () -> {
            for (int i = 0; i < 100; i++) {
                assertThat(store().find(id)).isPresent();
            }
            return null;
        };
        runAll(List.of(taker, taker, taker, looker));
        assertThat(taken).hasPositiveValue();
    }

    /** Somebody who only looks never makes a free job seem held. */
    @Test
    default void lookingIsNotInTheWayOfHolding() throws Exception {
        String id = newInterruptedJob();
        Callable<Void> looker = () -> {
            for (int i = 0; i < 200; i++) {
                store().find(id);
            }
            return null;
        };
        Callable<Void> taker = () -> {
            for (int i = 0; i < 20; i++) {
                store().acquire(id, SampleJobs.HOLDER).close();
            }
            return null;
        };
        runAll(List.of(looker, looker, taker));
    }

    private String newInterruptedJob() {
        try (JobLease lease = newJob()) {
            return lease.job().id();
        }
    }

    private static void runAll(List<Callable<Void>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<Void>> running = new ArrayList<>();
            tasks.forEach(task -> running.add(threads.submit(task)));
            for (Future<Void> task : running) {
                task.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}

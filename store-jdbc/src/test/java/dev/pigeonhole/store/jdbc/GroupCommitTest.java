package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.StorageException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writers that come while a transaction is under way share the next one. */
@Timeout(60)
class GroupCommitTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    /** What each transaction has committed; used by one thread after the other. */
    private final List<List<Integer>> commits = new ArrayList<>();

    private final GroupCommit<List<Integer>> writes = new GroupCommit<>(this::transaction);

    private int failing = -1;
    /** Ends with the first writer that is told something. */
    private final CountDownLatch told = new CountDownLatch(1);

    private BooleanSupplier beforeCommit = () -> false;
    private boolean toldTooEarly;

    /** The first one takes until it is told to go on; the one with the number {@code failing} cannot be committed. */
    private void transaction(GroupCommit.Work<List<Integer>> work) {
        List<Integer> written = new ArrayList<>();
        try {
            begunFirst();
            work.in(written);
        } catch (SQLException e) {
            throw new StorageException("broken", e);
        }
        toldTooEarly |= beforeCommit.getAsBoolean();
        if (commits.size() == failing) {
            failing = -1;
            throw new StorageException("no commit", null);
        }
        commits.add(written);
    }

    private void begunFirst() {
        if (commits.isEmpty()) {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    /** Has all come while the first one, who leads, is about to begin. */
    private List<Future<Integer>> together(int writers) throws InterruptedException {
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int number = i;
            results.add(threads.submit(() -> {
                try {
                    return write(number);
                } finally {
                    told.countDown();
                }
            }));
            if (i == 0) {
                begun.await();
            }
        }
        while (writes.waiting() < writers) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        return results;
    }

    private int write(int number) {
        return writes.run(
                "writing",
                written -> {
                    if (number == 2) {
                        throw new IllegalArgumentException("not two");
                    } else if (number == 3) {
                        throw new DamagedException("three");
                    }
                    written.add(number);
                    return number * 10;
                },
                StorageException::new);
    }

    @Test
    void allWhoWaitShareOneTransaction() throws Exception {
        List<Future<Integer>> results = together(2);

        assertThat(results.get(0).get()).isZero();
        assertThat(results.get(1).get()).isEqualTo(10);
        for (int i = 10; i < 20; i++) {
            assertThat(write(i)).isEqualTo(i * 10);
        }
        assertThat(commits.get(0)).containsExactly(0, 1);
        assertThat(commits).hasSize(11);
        assertThat(writes.waiting()).isZero();
    }

    @Test
    void aWriteThatIsRefusedFailsOnlyItsCaller() throws Exception {
        List<Future<Integer>> results = together(40);

        for (int i = 0; i < 40; i++) {
            Future<Integer> result = results.get(i);
            if (i == 2) {
                assertThatThrownBy(result::get).hasCauseInstanceOf(IllegalArgumentException.class);
            } else if (i == 3) {
                assertThatThrownBy(result::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(StorageException.class);
            } else {
                assertThat(result.get()).isEqualTo(i * 10);
            }
        }
        assertThat(commits).hasSize(1);
        assertThat(commits.get(0)).hasSize(38);
    }

    @Test
    void aCommitThatFailsFailsAllThatWereInItAndNobodyElse() throws Exception {
        failing = 0;
        List<Future<Integer>> results = together(2);

        for (Future<Integer> result : results) {
            assertThatThrownBy(result::get).hasRootCauseMessage("no commit");
        }
        assertThat(write(7)).isEqualTo(70);
        assertThat(commits).containsExactly(List.of(7));
    }

    @Test
    void nobodyIsToldAnythingBeforeTheCommit() throws Exception {
        beforeCommit = this::somebodyIsToldSoon;

        List<Future<Integer>> results = together(2);
        for (int i = 0; i < 2; i++) {
            assertThat(results.get(i).get()).isEqualTo(i * 10);
        }

        assertThat(commits).containsExactly(List.of(0, 1));
        assertThat(toldTooEarly).isFalse();
    }

    private boolean somebodyIsToldSoon() {
        beforeCommit = () -> false;
        try {
            return told.await(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anErrorEndsTheTransactionAndNotTheWriters() {
        goOn.countDown();
        assertThatThrownBy(() -> writes.<Integer>run(
                        "writing",
                        written -> {
                            throw new SQLException("disk");
                        },
                        StorageException::new))
                .hasMessage("broken");
        assertThatThrownBy(() -> writes.<Integer>run(
                        "writing",
                        written -> {
                            throw new StackOverflowError();
                        },
                        StorageException::new))
                .isInstanceOf(StackOverflowError.class);
        assertThat(write(7)).isEqualTo(70);
        assertThat(commits).containsExactly(List.of(7));
    }
}

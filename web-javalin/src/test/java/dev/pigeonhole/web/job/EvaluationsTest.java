package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.Verdict;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When it is compared, and when it need not be. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EvaluationsTest {
    @TempDir
    private Path folder;

    private JobServer server;
    private JobRecord job;
    private final List<String> judged = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        server = new JobServer(folder);
        job = finished("one");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private JobRecord finished(String name) {
        String id = server.begin(name, 40);
        server.await(id, "completed");
        return server.desk.record(id);
    }

    private Map<String, @Nullable Object> judge(JobRecord of, String column) {
        judged.add(column);
        return Map.of("column", column, "time", judged.size());
    }

    private static Map<String, @Nullable Object> await(Evaluations evaluations, JobRecord of, String column) {
        while (true) {
            try {
                return evaluations.require(of, column);
            } catch (ProblemException e) {
                assertThat(e.problem().type()).isEqualTo(ProblemType.NOT_READY);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void itIsKeptUntilSomebodySaysSomethingOfARow() {
        try (Evaluations evaluations = new Evaluations(server.store, this::judge, Duration.ZERO)) {
            Map<String, @Nullable Object> first = await(evaluations, job, "id");
            assertThat(evaluations.require(job, "id")).isSameAs(first);
            assertThat(evaluations.require(job, "id")).isSameAs(first);
            assertThat(judged).containsExactly("id");
            server.store.rows(job.id()).review(1, new Verdict.NoCategory());
            assertThat(await(evaluations, job, "id")).containsEntry("time", 2);
            assertThat(await(evaluations, job, "text")).containsEntry("column", "text");
            assertThat(judged).containsExactly("id", "id", "text");
        }
    }

    @Test
    void thereAreNeverTwoAtOnceHoweverManyAsk() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        JobRecord other = finished("two");
        try (Evaluations evaluations = new Evaluations(
                server.store,
                (of, column) -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    judged.add(of.id());
                    awaitQuietly(go);
                    inside.decrementAndGet();
                    return Map.of();
                },
                Duration.ZERO)) {
            Thread[] askers = new Thread[6];
            for (int i = 0; i < askers.length; i++) {
                JobRecord of = i % 2 == 0 ? job : other;
                askers[i] = new Thread(() -> await(evaluations, of, "id"));
                askers[i].start();
            }
            JobServer.await(() -> !judged.isEmpty());
            go.countDown();
            for (Thread asker : askers) {
                asker.join();
            }
        }
        assertThat(most).hasValue(1);
        assertThat(judged).containsExactlyInAnyOrder(job.id(), other.id());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatWentWrongIsToldOnceAndThenItIsTriedAgain() {
        try (Evaluations evaluations = new Evaluations(
                server.store,
                (of, column) -> {
                    judged.add(column);
                    if (judged.size() == 1) {
                        throw new InputException("the file was changed");
                    }
                    return Map.of("column", column);
                },
                Duration.ZERO)) {
            assertThatThrownBy(() -> await(evaluations, job, "id"))
                    .isInstanceOf(InputException.class)
                    .hasMessage("the file was changed");
            assertThat(await(evaluations, job, "id")).containsEntry("column", "id");
        }
    }

    @Test
    void whoAsksWaitsAMoment() {
        try (Evaluations evaluations = new Evaluations(server.store, this::judge, Duration.ofSeconds(50))) {
            assertThat(evaluations.require(job, "id")).containsEntry("column", "id");
        }
    }

    @Test
    void whatIsUnderWayEndsWithTheServer() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        try (Evaluations evaluations = new Evaluations(
                server.store,
                (of, column) -> {
                    begun.countDown();
                    awaitQuietly(new CountDownLatch(1));
                    ended.incrementAndGet();
                    return Map.of();
                },
                Duration.ZERO)) {
            assertThatThrownBy(() -> evaluations.require(job, "id")).isInstanceOf(ProblemException.class);
            awaitQuietly(begun);
        }
        assertThat(ended).hasValue(1);
    }
}

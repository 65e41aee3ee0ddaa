package dev.pigeonhole.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkQueueTest {
    private final WorkQueue queue = new WorkQueue();

    private static Work work(int number) {
        return Work.first(1, number, List.of(new Item(1, "a"), new Item(2, "b")), 1);
    }

    private int taken() {
        return queue.take().map(Work::subBatch).orElse(0);
    }

    @Test
    void newWorkIsHandedOutInOrder() {
        queue.add(work(1));
        queue.add(work(2));

        assertThat(taken()).isEqualTo(1);
        assertThat(taken()).isEqualTo(2);
    }

    @Test
    void workThatWaitsHoldsNobody() {
        queue.add(work(1));
        Work first = queue.take().orElseThrow();
        queue.addLater(first, Duration.ofDays(1));
        queue.add(work(2));

        assertThat(taken()).isEqualTo(2);
        assertThat(queue.waiting()).isEqualTo(1);
    }

    @Test
    void workWhoseTimeHasComeGoesFirst() {
        queue.add(work(1));
        queue.add(work(2));
        queue.addLater(queue.take().orElseThrow(), Duration.ZERO);

        assertThat(taken()).isEqualTo(1);
        assertThat(taken()).isEqualTo(2);
    }

    @Test
    void theShorterWaitEndsFirst() {
        queue.add(work(1));
        queue.add(work(2));
        queue.addLater(queue.take().orElseThrow(), Duration.ofMillis(20));
        queue.addLater(queue.take().orElseThrow(), Duration.ofMillis(1));
        queue.complete();

        assertThat(taken()).isEqualTo(2);
        assertThat(taken()).isEqualTo(1);
    }

    @Test
    void aCompleteQueueEndsWhenTheLastIsDone() {
        queue.add(work(1));
        queue.complete();
        Work only = queue.take().orElseThrow();
        queue.addLater(only, Duration.ZERO);

        assertThat(taken()).as("may still fail and come back").isEqualTo(1);
        queue.done();
        assertThat(queue.take()).isEmpty();
        assertThat(queue.take()).isEmpty();
    }

    @Test
    void aStoppedQueueHandsOutNothing() {
        queue.add(work(1));
        queue.add(work(2));
        queue.addLater(queue.take().orElseThrow(), Duration.ZERO);

        queue.stop();
        queue.add(work(3));

        assertThat(queue.take()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "complete", "done"})
    void allWhoWaitAreWoken(String end) throws InterruptedException {
        queue.add(work(1));
        assertThat(taken()).isEqualTo(1);
        if (end.equals("done")) {
            queue.complete();
        } else {
            queue.done();
        }
        AtomicInteger ended = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 16)
                .mapToObj(i -> new Thread(() -> ended.addAndGet(queue.take().isEmpty() ? 1 : 0)))
                .toList();
        threads.forEach(Thread::start);

        switch (end) {
            case "stop" -> queue.stop();
            case "complete" -> queue.complete();
            default -> queue.done();
        }

        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(ended).hasValue(16);
    }

    /** Producers, and callers that fail, split and finish at random. A lost wake-up would leave a thread waiting for ever. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void underLoadEveryWorkIsDoneOnce(long seed) throws InterruptedException {
        Random random = new Random(seed);
        int works = 1 + random.nextInt(300);
        int producers = 1 + random.nextInt(3);
        int callers = 1 + random.nextInt(8);
        Map<Integer, AtomicInteger> done = new ConcurrentHashMap<>();
        AtomicInteger producing = new AtomicInteger(producers);
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int first = p;
            threads.add(new Thread(() -> {
                for (int number = first; number < works; number += producers) {
                    queue.add(work(number));
                }
                if (producing.decrementAndGet() == 0) {
                    queue.complete();
                }
            }));
        }
        for (int c = 0; c < callers; c++) {
            Random own = new Random(random.nextLong());
            threads.add(new Thread(() -> call(own, done)));
        }

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(done).hasSize(works);
        assertThat(done.values()).allMatch(items -> items.get() == 2);
        assertThat(queue.waiting()).isZero();
        assertThat(queue.take()).isEmpty();
    }

    private void call(Random random, Map<Integer, AtomicInteger> done) {
        for (Optional<Work> taken = queue.take(); taken.isPresent(); taken = queue.take()) {
            Work work = taken.get().afterAttempt();
            int dice = random.nextInt(6);
            if (dice <= 1 && work.attempts() < 4) {
                queue.addLater(work, Duration.ofNanos(random.nextInt(200_000)));
            } else if (dice == 2 && work.items().size() > 1) {
                work.halves().forEach(queue::add);
                queue.done();
            } else {
                done.computeIfAbsent(work.subBatch(), n -> new AtomicInteger())
                        .addAndGet(work.items().size());
                queue.done();
            }
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 60), LongStream.of(System.nanoTime()));
    }

    @Test
    void halvesHaveAllItemsAndTheWholeWeight() {
        Work work = Work.first(3, 4, List.of(new Item(1, "a"), new Item(2, "b"), new Item(3, "c")), 7)
                .afterAttempt()
                .afterAttempt();

        List<Work> halves = work.halves();

        assertThat(halves.stream().flatMap(half -> half.items().stream())).containsExactlyElementsOf(work.items());
        assertThat(halves.stream().mapToInt(Work::weight).sum()).isEqualTo(7);
        assertThat(halves).allMatch(half -> half.batch() == 3 && half.subBatch() == 4 && half.attempts() == 2);
    }
}

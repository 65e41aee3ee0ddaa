package dev.pigeonhole.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowTest {
    private static List<Item> chars(int chars) {
        return List.of(new Item(1, "x".repeat(chars)));
    }

    @Test
    void aGroupWeighsItsCharacters() {
        Window window = new Window(10, 1_000);

        assertThat(window.weightOf(chars(500))).isEqualTo(500);
        assertThat(window.weightOf(List.of(new Item(1, "x".repeat(200)), new Item(2, "x".repeat(300)))))
                .isEqualTo(500);
        assertThat(window.weightOf(chars(1))).as("so many, and no more").isEqualTo(100);
        assertThat(window.weightOf(List.of())).isEqualTo(100);
        assertThat(window.weightOf(chars(5_000))).as("the whole window").isEqualTo(1_000);
    }

    @Test
    void aGroupIsNeverWithoutWeight() {
        assertThat(new Window(1_000, 10).weightOf(List.of())).isEqualTo(1);
    }

    @Test
    void theLargestGroupGetsThroughAlone() throws InterruptedException {
        Window window = new Window(10, 1_000);
        assertThat(window.enter(window.weightOf(chars(1)))).isTrue();
        AtomicInteger entered = new AtomicInteger();
        Thread large = new Thread(() -> entered.addAndGet(window.enter(window.weightOf(chars(9_999_999))) ? 1 : 0));
        large.start();

        window.leave(window.weightOf(chars(1)));
        large.join();

        assertThat(entered).hasValue(1);
    }

    @Test
    void whatDoesNotFitIsNotLetInBeforeSomethingHasLeft() {
        Window window = new Window(10, 1_000);
        assertThat(window.tryEnter(900)).isTrue();

        assertThat(window.tryEnter(101)).isFalse();
        assertThat(window.enter(101, Duration.ofMillis(1))).isFalse();
        assertThat(window.tryEnter(100)).as("what fits to the last character").isTrue();
        window.leave(900);
        assertThat(window.enter(900, Duration.ofMillis(1))).isTrue();
        assertThat(window.tryEnter(1)).isFalse();
    }

    @Test
    void closingSendsEverybodyAway() throws InterruptedException {
        Window window = new Window(1, 1);
        assertThat(window.enter(1)).isTrue();
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> refused.addAndGet(window.enter(1) ? 0 : 1)))
                .toList();
        threads.forEach(Thread::start);

        window.close();

        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(refused).hasValue(8);
        window.leave(1);
        assertThat(window.enter(1)).as("for good").isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void underLoadItsBoundHoldsAndEverybodyGetsThrough(long seed) throws InterruptedException {
        Random random = new Random(seed);
        int capacity = 50 + random.nextInt(100);
        Window window = new Window(10, capacity);
        AtomicInteger within = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger passed = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            Random own = new Random(random.nextLong());
            threads.add(new Thread(() -> {
                awaitStart(start);
                for (int i = 0; i < 300; i++) {
                    int weight = window.weightOf(chars(own.nextInt(2 * capacity)));
                    window.enter(weight);
                    most.accumulateAndGet(within.addAndGet(weight), Math::max);
                    within.addAndGet(-weight);
                    passed.incrementAndGet();
                    window.leave(weight);
                }
            }));
        }
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(passed).hasValue(8 * 300);
        assertThat(most.get()).isBetween(1, capacity);
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 20), LongStream.of(System.nanoTime()));
    }

    private static void awaitStart(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.pigeonhole.llm.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.categorize.NotSentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QueueingPacerTest {
    private static Pacer pacer(int rpm, int places) {
        return Pacing.start(new PaceSettings(OptionalInt.of(rpm), OptionalLong.empty(), places, true));
    }

    private static void answered(Pacer.Permit permit) {
        permit.answered(1, RateLimits.UNKNOWN, Duration.ofMillis(1));
    }

    private static void awaitHeld(Pacer pacer, int waiters) {
        while (pacer.held() < waiters) {
            Thread.onSpinWait();
        }
    }

    @Test
    void manyThreadsNeverHaveMoreCallsInFlightThanPlaces() throws InterruptedException {
        Pacer pacer = pacer(6_000_000, 5);
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 64; t++) {
            Random random = new Random(t);
            threads.add(new Thread(() -> {
                for (int call = 0; call < 100; call++) {
                    Pacer.Permit permit = pacer.acquire(10);
                    most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    Thread.yield();
                    inFlight.decrementAndGet();
                    calls.incrementAndGet();
                    if (random.nextInt(10) == 0) {
                        permit.released();
                    } else {
                        answered(permit);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(calls).hasValue(6_400);
        assertThat(most.get()).isBetween(1, 5);
        assertThat(pacer.held()).isZero();
    }

    @Test
    void stopTurnsAwayAllWhoWaitAndAllWhoCome() throws InterruptedException {
        Pacer pacer = pacer(1, 64);
        Pacer.Permit first = pacer.acquire(1);
        AtomicInteger turnedAway = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 16; t++) {
            threads.add(new Thread(() -> {
                try {
                    pacer.acquire(1);
                } catch (NotSentException e) {
                    turnedAway.incrementAndGet();
                }
            }));
        }
        threads.forEach(Thread::start);
        awaitHeld(pacer, 16);

        pacer.stop();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(turnedAway).hasValue(16);
        assertThatThrownBy(() -> pacer.acquire(1)).isInstanceOf(NotSentException.class);
        answered(first);
    }

    @Test
    void thoseWhoWaitGoInTheOrderOfComing() throws InterruptedException {
        Pacer pacer = pacer(0, 1);
        Pacer.Permit first = pacer.acquire(1);
        StringBuffer order = new StringBuffer();
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            Thread thread = new Thread(() -> {
                Pacer.Permit permit = pacer.acquire(1);
                order.append(name);
                answered(permit);
            });
            threads.add(thread);
            thread.start();
            awaitHeld(pacer, threads.size());
        }
        answered(first);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(order).hasToString("abcd");
    }

    @Test
    void oneWhoWaitsForTheClockIsWokenWhenTheLimitIsRaised() throws InterruptedException {
        Pacer pacer = pacer(0, 8);
        Pacer.Permit slow = pacer.acquire(1);
        Pacer.Permit fast = pacer.acquire(1);
        slow.answered(1, FakeProvider.requests(1, 1), Duration.ofMillis(1));
        Thread waiter = new Thread(() -> answered(pacer.acquire(1)));
        waiter.start();
        awaitHeld(pacer, 1);

        fast.answered(1, FakeProvider.requests(6_000, 6_000), Duration.ofMillis(1));

        waiter.join();
        assertThat(pacer.held()).isZero();
    }

    @Test
    void anInterruptedWaiterIsNotSentAndLetsTheNextGo() throws InterruptedException {
        Pacer pacer = pacer(0, 1);
        Pacer.Permit first = pacer.acquire(1);
        AtomicInteger interrupted = new AtomicInteger();
        Thread leaves = new Thread(() -> {
            try {
                pacer.acquire(1);
            } catch (NotSentException e) {
                interrupted.set(Thread.currentThread().isInterrupted() ? 1 : -1);
            }
        });
        leaves.start();
        awaitHeld(pacer, 1);
        Thread stays = new Thread(() -> answered(pacer.acquire(1)));
        stays.start();
        awaitHeld(pacer, 2);

        leaves.interrupt();
        leaves.join();
        answered(first);
        stays.join();

        assertThat(interrupted).hasValue(1);
    }

    @Test
    void aPermitEndsOnce() {
        Pacer pacer = pacer(0, 1);
        Pacer.Permit permit = pacer.acquire(1);
        permit.released();

        assertThatThrownBy(permit::released).isInstanceOf(IllegalStateException.class);
        answered(pacer.acquire(1));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Pacer pacer = pacer(0, 1);
        assertThatThrownBy(() -> pacer.acquire(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pacer(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pacer(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void timeIsTakenFromTheClockThatWasHandedIn() {
        AtomicLong clock = new AtomicLong(-5);
        PaceSettings oneAMinute = new PaceSettings(OptionalInt.of(1), OptionalLong.empty(), 8, true);
        Pacer pacer = new QueueingPacer(new Turnstile(oneAMinute), clock::get);
        for (int call = 0; call < 5; call++) {
            answered(pacer.acquire(1));
            clock.addAndGet(Duration.ofSeconds(61).toNanos());
        }
        assertThat(pacer.held()).isZero();
    }
}

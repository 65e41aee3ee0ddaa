package dev.pigeonhole.llm.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.NotSentException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BudgetTest {
    private static Money dollars(String dollars) {
        return Money.dollars(new BigDecimal(dollars));
    }

    private final Budget budget = Budget.capped(dollars("10"), dollars("4"));

    @Test
    void whatDoesNotFitPausesTheJobAndSaysHowToGoOn() {
        budget.reserve(dollars("5")).settle(dollars("5"));

        assertThatThrownBy(() -> budget.reserve(dollars("1.01")))
                .isInstanceOfSatisfying(
                        JobPausedException.class, e -> assertThat(e.reason()).isEqualTo(PauseReason.BUDGET))
                .hasMessageContaining("$10.00")
                .hasMessageContaining("$9.00")
                .hasMessageContaining("$1.01")
                .hasMessageContaining("--max-cost");
        budget.reserve(dollars("1")).release();
    }

    @Test
    void whatIsSetAsideIsSpentWhenSettledOrKept() {
        budget.reserve(dollars("2")).settle(dollars("0.5"));
        budget.reserve(dollars("2")).release();
        budget.reserve(dollars("2")).keep();

        assertThat(budget.spent()).isEqualTo(dollars("6.5"));
    }

    @Test
    void aCallThatMayFitLaterWaitsForTheOthers() throws InterruptedException {
        Budget.Reservation first = budget.reserve(dollars("5"));
        Thread second = new Thread(() -> budget.reserve(dollars("2")).settle(dollars("2")));
        second.start();
        awaitWaiting(second);
        assertThat(budget.spent()).isEqualTo(dollars("4"));

        first.settle(dollars("1"));
        second.join();

        assertThat(budget.spent()).isEqualTo(dollars("7"));
    }

    @Test
    void aCallThatWaitsIsRefusedOnceItCannotFitAnyMore() throws InterruptedException {
        Budget.Reservation first = budget.reserve(dollars("5"));
        AtomicInteger paused = new AtomicInteger();
        Thread second = new Thread(() -> {
            try {
                budget.reserve(dollars("2"));
            } catch (JobPausedException e) {
                paused.incrementAndGet();
            }
        });
        second.start();
        awaitWaiting(second);

        first.keep();
        second.join();

        assertThat(paused).hasValue(1);
    }

    @Test
    void stopTurnsAwayAllWhoWaitAndAllWhoCome() throws InterruptedException {
        Budget.Reservation first = budget.reserve(dollars("5"));
        AtomicInteger turnedAway = new AtomicInteger();
        Thread second = new Thread(() -> {
            try {
                budget.reserve(dollars("2"));
            } catch (NotSentException e) {
                turnedAway.incrementAndGet();
            }
        });
        second.start();
        awaitWaiting(second);

        budget.stop();
        second.join();

        assertThat(turnedAway).hasValue(1);
        assertThatThrownBy(() -> budget.reserve(Money.ZERO)).isInstanceOf(NotSentException.class);
        first.settle(dollars("5"));
        assertThat(budget.spent()).isEqualTo(dollars("9"));
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aCallDearerThanItsWorstCaseIsSpentAsItIs() {
        budget.reserve(dollars("1")).settle(dollars("8"));

        assertThat(budget.spent()).isEqualTo(dollars("12"));
        assertThatThrownBy(() -> budget.reserve(dollars("0.01"))).isInstanceOf(JobPausedException.class);
    }

    @Test
    void aReservationEndsOnce() {
        Budget.Reservation reservation = budget.reserve(dollars("1"));
        reservation.settle(dollars("1"));

        assertThatThrownBy(reservation::release).isInstanceOf(IllegalStateException.class);
        assertThat(budget.spent()).isEqualTo(dollars("5"));
    }

    @Test
    void withoutACapAllIsAddedUp() {
        Budget unlimited = Budget.unlimited();
        unlimited.reserve(dollars("1000000")).settle(dollars("3"));
        unlimited.reserve(dollars("2")).keep();
        assertThat(unlimited.spent()).isEqualTo(dollars("5"));

        unlimited.stop();
        assertThatThrownBy(() -> unlimited.reserve(Money.ZERO)).isInstanceOf(NotSentException.class);
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 10), LongStream.of(System.nanoTime()));
    }

    /** 64 threads spend until all are refused: never above the cap, and not far below it. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theCapIsNeverExceededAndIsUsed(long seed) throws InterruptedException {
        Random random = new Random(seed);
        long cap = 1_000_000;
        Budget capped = Budget.capped(new Money(cap), new Money(random.nextInt(1_000)));
        AtomicLong mayCost = new AtomicLong(capped.spent().picodollars());
        AtomicLong most = new AtomicLong();
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 64; t++) {
            Random own = new Random(random.nextLong());
            threads.add(new Thread(() -> {
                try {
                    while (true) {
                        spend(capped, own, mayCost, most);
                    }
                } catch (JobPausedException e) {
                    refused.incrementAndGet();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(refused).hasValue(64);
        assertThat(most.get()).isLessThanOrEqualTo(cap);
        assertThat(capped.spent().picodollars()).isBetween(cap - 5_000, cap);
        assertThat(mayCost).hasValue(capped.spent().picodollars());
    }

    private static void spend(Budget budget, Random random, AtomicLong mayCost, AtomicLong most) {
        long worst = 1 + random.nextInt(5_000);
        Budget.Reservation reservation = budget.reserve(new Money(worst));
        most.accumulateAndGet(mayCost.addAndGet(worst), Math::max);
        long actual = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> worst;
            default -> random.nextLong(worst + 1);
        };
        mayCost.addAndGet(actual - worst);
        if (actual == 0) {
            reservation.release();
        } else if (actual == worst) {
            reservation.keep();
        } else {
            reservation.settle(new Money(actual));
        }
    }
}

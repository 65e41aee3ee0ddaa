package dev.pigeonhole.llm;

import dev.pigeonhole.core.categorize.NotSentException;
import dev.pigeonhole.core.file.Disk;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What a lane works with, so that tests can give it something else. Immutable; all of it is thread-safe.
 *
 * @param clock of the day: deadlines hold across runs
 * @param rest how it waits
 * @param tokens random words that nobody else has
 * @param disk where its state is
 */
record LaneTools(Clock clock, Rest rest, Supplier<String> tokens, Disk disk) {
    /** Waits. */
    @FunctionalInterface
    interface Rest {
        /**
         * Rests.
         *
         * @param stopped ends the rest early
         */
        void rest(Duration atMost, CountDownLatch stopped);
    }

    static LaneTools real() {
        return new LaneTools(
                new SteadyClock(Clock.systemUTC(), System::nanoTime),
                LaneTools::rest,
                () -> UUID.randomUUID().toString(),
                Disk.real());
    }

    private static void rest(Duration atMost, CountDownLatch stopped) {
        try {
            boolean early = stopped.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (early) {
                throw new NotSentException();
            }
        } catch (InterruptedException e) {
            // Whoever interrupts can see it, and nothing more is sent.
            Thread.currentThread().interrupt();
            throw new NotSentException();
        }
    }
}

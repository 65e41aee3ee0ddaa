package dev.pigeonhole.core.job;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the first call of a long run go alone for a moment: a provider refuses a wrong key, an unknown model or an empty account
 * sooner than it answers, and then one call shows it as well as hundreds. Thread-safe.
 */
final class Opening {
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration LEAST = Duration.ofMillis(250);
    private static final double NANOS_PER_ROUND = 15e6;

    private final long holdNanos;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    private Opening(long holdNanos) {
        this.holdNanos = holdNanos;
    }

    /** Nobody waits. */
    static Opening none() {
        Opening opening = new Opening(0);
        opening.open();
        return opening;
    }

    /**
     * Waits longer for a longer run: about a fiftieth of it, if calls take a second.
     *
     * @param rounds calls that every caller will make, on average; below two it is no long run
     */
    static Opening before(double rounds) {
        if (rounds < 2) {
            return none();
        }
        long wish = Math.round(rounds * NANOS_PER_ROUND);
        return new Opening(Math.min(LONGEST.toNanos(), Math.max(LEAST.toNanos(), wish)));
    }

    Duration hold() {
        return Duration.ofNanos(holdNanos);
    }

    /** The first call is about to be made. */
    void begins() {
        begun.countDown();
    }

    /** The first call has ended, or there will be none. */
    void open() {
        begun.countDown();
        open.countDown();
    }

    /** Waits until the others may begin. */
    void await() {
        try {
            begun.await();
            if (!open.await(holdNanos, TimeUnit.NANOSECONDS)) {
                open(); // The first call is being worked on: it was not refused.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

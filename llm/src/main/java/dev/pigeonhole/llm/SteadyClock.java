package dev.pigeonhole.llm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * A clock of the day that never goes back: where the wall clock is set back, it goes on by the time that has passed, so that nobody
 * waits a day for what was due in a minute. Where the wall clock jumps ahead, as after the machine has slept, it follows.
 * Thread-safe.
 */
final class SteadyClock extends Clock {
    private final Clock wall;
    private final LongSupplier nanos;
    private Instant last;
    private long lastNanos;

    /**
     * Begins at the time of the wall clock.
     *
     * @param nanos as {@link System#nanoTime}
     */
    SteadyClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.last = wall.instant();
        this.lastNanos = nanos.getAsLong();
    }

    @Override
    public synchronized Instant instant() {
        long now = nanos.getAsLong();
        Instant passed = last.plus(Duration.ofNanos(now - lastNanos));
        Instant told = wall.instant();
        last = told.isAfter(passed) ? told : passed;
        lastNanos = now;
        return last;
    }

    @Override
    public ZoneId getZone() {
        return wall.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SteadyClock(wall.withZone(zone), nanos);
    }
}

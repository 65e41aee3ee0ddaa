package dev.pigeonhole.fakellm;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** The time of the batch lane, which can be put forward. Thread-safe. */
final class LaneClock {
    private final LongSupplier nanos;
    private final long startNanos;
    private final Instant start;
    private Duration ahead = Duration.ZERO;

    /** @param start the time of day now */
    LaneClock(LongSupplier nanos, Instant start) {
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.start = start;
    }

    synchronized void advance(Duration time) {
        ahead = ahead.plus(time);
    }

    synchronized Instant now() {
        return start.plusNanos(nanos.getAsLong() - startNanos).plus(ahead);
    }
}

package dev.pigeonhole.web.guard;

import java.util.function.LongSupplier;

/**
 * Tells slow senders from slow readers: only the time in which we wait for the other side counts. Not thread-safe; a request is read
 * by one thread at a time.
 */
final class RateFloor {
    /** Nobody is slow at once. */
    private static final long GRACE_NANOS = 5_000_000_000L;

    private static final long SECOND = 1_000_000_000L;

    private final long bytesPerSecond;
    private final LongSupplier nanoTime;
    private long bytes;
    private long waited;
    private long waitingSince;
    private boolean waiting;

    RateFloor(long bytesPerSecond, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
    }

    /** There is nothing to read yet. */
    void waits() {
        if (!waiting) {
            waiting = true;
            waitingSince = nanoTime.getAsLong();
        }
    }

    /** Something came. */
    void arrived(int count) {
        if (waiting) {
            waiting = false;
            waited += nanoTime.getAsLong() - waitingSince;
        }
        bytes += count;
    }

    /** Whether less came than had to. */
    boolean isTooSlow() {
        return waited > GRACE_NANOS && bytes < (waited - GRACE_NANOS) / (double) SECOND * bytesPerSecond;
    }
}

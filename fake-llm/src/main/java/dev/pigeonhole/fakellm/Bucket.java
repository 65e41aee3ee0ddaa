package dev.pigeonhole.fakellm;

import java.time.Duration;

/** A bucket that fills at an even rate and is taken from. Not thread-safe: {@link Buckets} is. Times in nanoseconds. */
final class Bucket {
    private final long perMinute;
    private final double capacity;
    private final double perNano;
    private double level;
    private long filledAt;

    /** @param perMinute 0 for a bucket that is never empty */
    Bucket(long perMinute, double seconds, long now) {
        this.perMinute = perMinute;
        this.perNano = perMinute / 60e9;
        this.capacity = Math.max(1, perMinute * seconds / 60);
        this.level = capacity;
        this.filledAt = now;
    }

    boolean isLimited() {
        return perMinute > 0;
    }

    long perMinute() {
        return perMinute;
    }

    /** Starts with what another bucket has left. */
    Bucket continuing(Bucket other, long now) {
        if (isLimited() && other.isLimited()) {
            other.fill(now);
            level = Math.min(capacity, other.level);
        }
        return this;
    }

    void fill(long now) {
        level = Math.min(capacity, level + (now - filledAt) * perNano);
        filledAt = now;
    }

    /** A rounding error's worth less is enough. */
    boolean has(double amount) {
        return !isLimited() || level + 1e-6 >= amount;
    }

    /** Whether so much never fits in. */
    boolean isTooSmallFor(double amount) {
        return isLimited() && amount > capacity;
    }

    /** Takes; a debt is never larger than the bucket. */
    void take(double amount) {
        level = Math.max(-capacity, level - amount);
    }

    long remaining() {
        return Math.max(0, (long) Math.floor(level + 1e-6));
    }

    Duration untilItHas(double amount) {
        return has(amount) ? Duration.ZERO : Duration.ofNanos((long) Math.ceil((amount - level) / perNano));
    }

    Duration untilFull() {
        return untilItHas(capacity);
    }
}

package dev.pigeonhole.core.categorize;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * When a call that failed is made again. Thread-safe. The engine is the only one that repeats calls, and a call that waits for
 * its next attempt holds no place.
 */
@FunctionalInterface
public interface RetryPolicy {
    /**
     * Decides about one failed call.
     *
     * @param attempts calls in a row that have failed with these items, this one included; at least 1
     * @return how long to wait before the next; empty to give up
     */
    Optional<Duration> delay(int attempts, TransientCategorizerException failure);

    /** Five attempts, exponential from one second to a minute, with full jitter; never less than the provider asked for. */
    static RetryPolicy defaults() {
        return exponential(
                5,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Exponential back-off with full jitter: a random share of {@code first * 2^(attempts - 1)}, at most {@code longest}; never
     * less than {@link TransientCategorizerException#retryAfter}. (Marc Brooker, "Exponential Backoff And Jitter", 2015.)
     *
     * @param maxAttempts the first call included, at least 1
     * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
     */
    static RetryPolicy exponential(int maxAttempts, Duration first, Duration longest, DoubleSupplier random) {
        Objects.requireNonNull(random, "random");
        if (maxAttempts < 1 || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(maxAttempts + " attempts, " + first + " to " + longest);
        }
        return (attempts, failure) -> {
            if (attempts >= maxAttempts) {
                return Optional.empty();
            }
            double ceiling = Math.min((double) longest.toNanos(), first.toNanos() * Math.pow(2, attempts - 1.0));
            Duration jittered = Duration.ofNanos((long) (ceiling * random.getAsDouble()));
            Duration least = failure.retryAfter().orElse(Duration.ZERO);
            return Optional.of(jittered.compareTo(least) < 0 ? least : jittered);
        };
    }
}

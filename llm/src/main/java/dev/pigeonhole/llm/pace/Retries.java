package dev.pigeonhole.llm.pace;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.categorize.RetryPolicy;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Retry policies whose rules are written as a {@link RetryConfig}. Only the rules are taken from there: the engine alone repeats
 * calls, because a call that waits with it holds no place.
 */
public final class Retries {
    private static final int ATTEMPTS = 10;
    private static final int ATTEMPTS_IF_BILLED = 4;
    /** The server may have done the work, or has: each such call may be on the bill. */
    private static final Set<FailureCause> BILLED = Set.of(FailureCause.TIMEOUT, FailureCause.BAD_ANSWER);

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final double ADDED_TO_RETRY_AFTER = 0.1;
    private static final double MOST_ADDED_NANOS = 1e9;

    private Retries() {}

    /**
     * Ten attempts, exponential from a quarter of a second to a minute, with full jitter; what the provider asked for is waited
     * out, and a tenth of it (at most a second) at random on top. Nothing is repeated after the fourth attempt if the last failure
     * may be billed: a timeout, an answer that broke off.
     */
    public static RetryPolicy defaults() {
        return defaults(() -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param random gives numbers from 0 (inclusive) to 1 (exclusive) */
    static RetryPolicy defaults(DoubleSupplier random) {
        RetryPolicy unbilled = of(config(ATTEMPTS, random));
        RetryPolicy billed = of(config(ATTEMPTS_IF_BILLED, random));
        return (attempts, failure) -> (BILLED.contains(failure.failure()) ? billed : unbilled).delay(attempts, failure);
    }

    private static RetryConfig config(int attempts, DoubleSupplier random) {
        return RetryConfig.custom()
                .maxAttempts(attempts)
                .intervalBiFunction((attempt, either) -> millis(attempt, either.getLeft(), random))
                .retryOnException(TransientCategorizerException.class::isInstance)
                .build();
    }

    private static long millis(int attempt, Throwable failure, DoubleSupplier random) {
        double ceiling = Math.min((double) LONGEST.toMillis(), FIRST.toMillis() * Math.pow(2, attempt - 1.0));
        double jittered = random.getAsDouble() * ceiling;
        double asked = failure instanceof TransientCategorizerException transientFailure
                ? transientFailure
                        .retryAfter()
                        .map(least -> atLeast(least, random))
                        .orElse(0.0)
                : 0;
        return Math.round(Math.max(jittered, asked));
    }

    private static double atLeast(Duration least, DoubleSupplier random) {
        double nanos = least.toNanos();
        double added = Math.min(nanos * ADDED_TO_RETRY_AFTER, MOST_ADDED_NANOS) * random.getAsDouble();
        return Math.ceil((nanos + added) / 1e6);
    }

    /**
     * The rules of a configuration: its number of attempts, its waits, and which exceptions it repeats. An interval function of
     * both kinds is honoured; a wait below one millisecond is one millisecond.
     */
    public static RetryPolicy of(RetryConfig config) {
        Objects.requireNonNull(config, "config");
        return (attempts, failure) -> {
            if (attempts >= config.getMaxAttempts()
                    || !config.getExceptionPredicate().test(failure)) {
                return Optional.empty();
            }
            IntervalBiFunction<Object> interval = config.getIntervalBiFunction();
            return Optional.of(Duration.ofMillis(Math.max(1, interval.apply(attempts, Either.left(failure)))));
        };
    }
}

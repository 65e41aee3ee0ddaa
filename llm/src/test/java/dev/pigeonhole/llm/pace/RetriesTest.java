package dev.pigeonhole.llm.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.categorize.RetryPolicy;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {
    private static TransientCategorizerException failure(FailureCause cause, @Nullable Duration retryAfter) {
        return new TransientCategorizerException(cause, "failed", retryAfter, null);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theWaitLiesBetweenNothingAndTheDoubledCeiling(long seed) {
        Random random = new Random(seed);
        RetryPolicy policy = Retries.defaults(random::nextDouble);
        for (int draw = 0; draw < 1_000; draw++) {
            int attempts = 1 + random.nextInt(9);
            Duration ceiling = Duration.ofMillis(Math.min(60_000, 250L << (attempts - 1)));
            assertThat(policy.delay(attempts, failure(FailureCause.HTTP_5XX, null))
                            .orElseThrow())
                    .isBetween(Duration.ofMillis(1), ceiling);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void whatTheProviderAskedForIsTheLeast(long seed) {
        Random random = new Random(seed);
        RetryPolicy policy = Retries.defaults(random::nextDouble);
        for (int draw = 0; draw < 1_000; draw++) {
            Duration asked = Duration.ofNanos(1 + random.nextLong(100_000_000_000L));
            assertThat(policy.delay(1, failure(FailureCause.RATE_LIMIT, asked)).orElseThrow())
                    .isBetween(asked, asked.plus(Duration.ofMillis(1_001)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMEOUT", "BAD_ANSWER"})
    void thereAreFourAttemptsIfEachMayBeBilled(FailureCause cause) {
        RetryPolicy policy = Retries.defaults();

        assertThat(policy.delay(3, failure(cause, null))).isPresent();
        assertThat(policy.delay(4, failure(cause, null))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMIT", "HTTP_5XX", "UNREACHABLE"})
    void thereAreTenAttemptsIfNoneIsBilled(FailureCause cause) {
        RetryPolicy policy = Retries.defaults();

        assertThat(policy.delay(9, failure(cause, null))).isPresent();
        assertThat(policy.delay(10, failure(cause, null))).isEmpty();
    }

    @Test
    void anyConfigurationCanBeTheRuleBook() {
        RetryPolicy policy = Retries.of(RetryConfig.custom()
                .maxAttempts(3)
                .intervalFunction(IntervalFunction.ofExponentialBackoff(100, 3))
                .retryOnException(e -> e.getMessage().equals("failed"))
                .build());

        assertThat(policy.delay(1, failure(FailureCause.HTTP_5XX, null))).contains(Duration.ofMillis(100));
        assertThat(policy.delay(2, failure(FailureCause.HTTP_5XX, null))).contains(Duration.ofMillis(300));
        assertThat(policy.delay(3, failure(FailureCause.HTTP_5XX, null))).isEmpty();
        assertThat(policy.delay(1, new TransientCategorizerException(FailureCause.TIMEOUT, "other", null, null)))
                .isEmpty();
    }

    @Test
    void aWaitBelowAMillisecondIsAMillisecond() {
        RetryPolicy policy = Retries.of(RetryConfig.custom()
                .intervalBiFunction((attempt, either) -> -5L)
                .build());

        assertThat(policy.delay(1, failure(FailureCause.HTTP_5XX, null))).contains(Duration.ofMillis(1));
        assertThat(Retries.defaults(() -> 0).delay(1, failure(FailureCause.HTTP_5XX, null)))
                .contains(Duration.ofMillis(1));
    }
}

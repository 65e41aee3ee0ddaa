package dev.pigeonhole.core.categorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
    private static final double ALMOST_ONE = Math.nextDown(1.0);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static TransientCategorizerException failure(@Nullable Duration retryAfter) {
        return new TransientCategorizerException(FailureCause.RATE_LIMIT, "slow down", retryAfter, null);
    }

    private static RetryPolicy jittered(double random) {
        DoubleSupplier constant = () -> random;
        return RetryPolicy.exponential(2_000, SECOND, MINUTE, constant);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 2000", "3, 4000", "6, 32000", "7, 60000", "8, 60000", "1000, 60000", "1999, 60000"})
    void theCeilingDoublesUpToTheLongest(int attempts, long millis) {
        assertThat(jittered(ALMOST_ONE).delay(attempts, failure(null)).orElseThrow())
                .isBetween(Duration.ofMillis(millis).minusNanos(1_000), Duration.ofMillis(millis));
        assertThat(jittered(0.5).delay(attempts, failure(null))).contains(Duration.ofMillis(millis / 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1_000, 1_999})
    void noJitterIsNoWait(int attempts) {
        assertThat(jittered(0).delay(attempts, failure(null))).contains(Duration.ZERO);
    }

    @Test
    void whatTheProviderAskedForIsTheLeast() {
        assertThat(jittered(0).delay(1, failure(Duration.ofSeconds(7)))).contains(Duration.ofSeconds(7));
        assertThat(jittered(0.5).delay(1, failure(Duration.ofMillis(100)))).contains(Duration.ofMillis(500));
        assertThat(jittered(0.5).delay(1, failure(Duration.ofHours(2))))
                .as("even above the longest wait of our own")
                .contains(Duration.ofHours(2));
    }

    @Test
    void theFirstCallCountsAsAnAttempt() {
        RetryPolicy policy = RetryPolicy.exponential(3, SECOND, MINUTE, () -> 0.5);

        assertThat(policy.delay(1, failure(null))).isPresent();
        assertThat(policy.delay(2, failure(null))).isPresent();
        assertThat(policy.delay(3, failure(null))).isEmpty();
        assertThat(policy.delay(4, failure(Duration.ofSeconds(1)))).isEmpty();
        assertThat(RetryPolicy.exponential(1, SECOND, MINUTE, () -> 0).delay(1, failure(null)))
                .isEmpty();
    }

    @Test
    void theDefaultIsFiveAttemptsUpToAMinute() {
        RetryPolicy policy = RetryPolicy.defaults();
        for (int attempts = 1; attempts <= 4; attempts++) {
            assertThat(policy.delay(attempts, failure(null)).orElseThrow()).isBetween(Duration.ZERO, MINUTE);
        }
        assertThat(policy.delay(5, failure(null))).isEmpty();
    }

    @Test
    void noWaitAtAllIsPossible() {
        RetryPolicy policy = RetryPolicy.exponential(5_000, Duration.ZERO, Duration.ZERO, () -> ALMOST_ONE);

        assertThat(policy.delay(4_000, failure(null))).contains(Duration.ZERO);
    }

    @Test
    void boundsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> RetryPolicy.exponential(0, SECOND, MINUTE, () -> 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetryPolicy.exponential(1, SECOND.negated(), MINUTE, () -> 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetryPolicy.exponential(1, MINUTE, SECOND, () -> 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

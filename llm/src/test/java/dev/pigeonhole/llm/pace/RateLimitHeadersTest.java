package dev.pigeonhole.llm.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitHeadersTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");

    private static Function<String, List<String>> headers(Map<String, String> headers) {
        return name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of();
    }

    private static Optional<Duration> millis(@Nullable BigDecimal millis) {
        return Optional.ofNullable(millis)
                .map(value -> Duration.ofNanos(value.movePointRight(6).longValueExact()));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "reset-durations.csv", delimiter = '|', ignoreLeadingAndTrailingWhitespace = false)
    void durationsAreReadAsServersWriteThem(String text, @Nullable BigDecimal expected) {
        RateLimits limits = RateLimitHeaders.parse(headers(Map.of("x-ratelimit-reset-tokens", text)));

        assertThat(limits.tokens().reset()).isEqualTo(millis(expected));
        assertThat(limits.requests()).isEqualTo(RateLimits.Limit.UNKNOWN);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "retry-after.csv", delimiter = '|')
    void whatTheServerAsksForIsWaited(
            @Nullable String inMillis, @Nullable String retryAfter, @Nullable BigDecimal expected) {
        Map<String, String> given = new java.util.HashMap<>();
        if (inMillis != null) {
            given.put("retry-after-ms", inMillis);
        }
        if (retryAfter != null) {
            given.put("retry-after", retryAfter);
        }

        assertThat(RateLimitHeaders.retryAfter(headers(given), NOW)).isEqualTo(millis(expected));
    }

    @Test
    void allSixHeadersAreRead() {
        RateLimits limits = RateLimitHeaders.parse(headers(Map.of(
                "x-ratelimit-limit-requests", "500",
                "x-ratelimit-remaining-requests", "0",
                "x-ratelimit-reset-requests", "120ms",
                "x-ratelimit-limit-tokens", "200000",
                "x-ratelimit-remaining-tokens", "199000",
                "x-ratelimit-reset-tokens", "6m0s")));

        assertThat(limits)
                .isEqualTo(new RateLimits(
                        new RateLimits.Limit(
                                OptionalLong.of(500), OptionalLong.of(0), Optional.of(Duration.ofMillis(120))),
                        new RateLimits.Limit(
                                OptionalLong.of(200_000),
                                OptionalLong.of(199_000),
                                Optional.of(Duration.ofMinutes(6)))));
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "many", "''", "1e6", "99999999999999999999"})
    void aLimitThatMakesNoSenseIsAsGoodAsNotSaid(String nonsense) {
        assertThat(RateLimitHeaders.parse(headers(Map.of("x-ratelimit-limit-requests", nonsense))))
                .isEqualTo(RateLimits.UNKNOWN);
    }

    @Test
    void ofSeveralValuesTheFirstCounts() {
        assertThat(RateLimitHeaders.parse(name -> List.of("7", "8")).requests().limit())
                .hasValue(7);
        assertThat(RateLimitHeaders.parse(name -> List.of())).isEqualTo(RateLimits.UNKNOWN);
    }
}

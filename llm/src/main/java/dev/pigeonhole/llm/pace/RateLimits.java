package dev.pigeonhole.llm.pace;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server said about its rate limits in the headers of one answer. Immutable.
 *
 * @param requests about requests a minute
 * @param tokens about tokens a minute
 */
public record RateLimits(Limit requests, Limit tokens) {
    public static final RateLimits UNKNOWN = new RateLimits(Limit.UNKNOWN, Limit.UNKNOWN);

    public RateLimits {
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(tokens, "tokens");
    }

    /**
     * One limit; each part is empty if the server did not say it, or said nonsense.
     *
     * @param limit allowed in a minute, at least 1
     * @param remaining left now, at least 0
     * @param reset time until all of it is there again
     */
    public record Limit(OptionalLong limit, OptionalLong remaining, Optional<Duration> reset) {
        public static final Limit UNKNOWN = new Limit(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());

        public Limit {
            Objects.requireNonNull(limit, "limit");
            Objects.requireNonNull(remaining, "remaining");
            Objects.requireNonNull(reset, "reset");
        }
    }
}

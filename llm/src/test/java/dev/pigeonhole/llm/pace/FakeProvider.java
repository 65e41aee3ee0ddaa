package dev.pigeonhole.llm.pace;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A server in simulated time. */
interface FakeProvider {
    enum Kind {
        ANSWERED,
        LIMITED,
        FAILED,
        /** For what it asks. */
        REFUSED
    }

    /** What becomes of a request, decided when it arrives. */
    record Reply(
            Kind kind,
            long latencyNanos,
            RateLimits limits,
            @Nullable Duration retryAfter) {}

    Reply receive(long now, long tokens);

    static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }

    static Reply answered(double seconds, RateLimits limits) {
        return new Reply(Kind.ANSWERED, seconds(seconds), limits, null);
    }

    static Reply failed(double seconds) {
        return new Reply(Kind.FAILED, seconds(seconds), RateLimits.UNKNOWN, null);
    }

    static Reply refused(double seconds) {
        return new Reply(Kind.REFUSED, seconds(seconds), RateLimits.UNKNOWN, null);
    }

    static RateLimits requests(long limit, long remaining) {
        return new RateLimits(limit(limit, remaining), RateLimits.Limit.UNKNOWN);
    }

    static RateLimits.Limit limit(long limit, long remaining) {
        return new RateLimits.Limit(OptionalLong.of(limit), OptionalLong.of(remaining), Optional.empty());
    }

    /** A bucket as a server has it: full at first. */
    final class Bucket {
        private final double seconds;
        private double perSecond;
        private double level;
        private long filledAt;

        Bucket(double perMinute, double seconds) {
            this.seconds = seconds;
            this.perSecond = perMinute / 60;
            this.level = perSecond * seconds;
        }

        void limit(double perMinute) {
            perSecond = perMinute / 60;
        }

        boolean take(long now, double amount) {
            level = Math.min(perSecond * seconds, level + (now - filledAt) / 1e9 * perSecond);
            filledAt = now;
            if (level < amount) {
                return false;
            }
            level -= amount;
            return true;
        }

        RateLimits.Limit said() {
            return FakeProvider.limit(Math.round(perSecond * 60), (long) level);
        }
    }
}

package dev.pigeonhole.llm;

import dev.pigeonhole.core.TransientException;
import dev.pigeonhole.llm.pace.RateLimits;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request brought no answer, and the same request may succeed later. Its message holds no secrets and no row text. */
public final class ChatFailedException extends TransientException {
    /** What went wrong. */
    public enum Kind {
        /** The rate limit was met; nothing was billed. */
        RATE_LIMIT(false),
        /** The server failed, or has too much to do. */
        SERVER_ERROR(false),
        /** Not answered before the deadline; it may be billed. */
        TIMEOUT(true),
        /** Never connected; nothing was billed. */
        UNREACHABLE(false),
        /** The connection broke, or what came was no complete answer; it may be billed. */
        BROKEN_ANSWER(true);

        private final boolean mayBeBilled;

        Kind(boolean mayBeBilled) {
            this.mayBeBilled = mayBeBilled;
        }

        /** Whether the provider may bill the call although there is no answer. */
        public boolean mayBeBilled() {
            return mayBeBilled;
        }
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;
    private final RateLimits limits;

    /**
     * @param retryAfter the least time to wait, as the server asked for it; null if it did not
     * @param limits what the server said about its limits
     */
    public ChatFailedException(
            Kind kind, String message, @Nullable Duration retryAfter, RateLimits limits, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.limits = limits;
    }

    public Kind kind() {
        return kind;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public RateLimits limits() {
        return limits;
    }
}

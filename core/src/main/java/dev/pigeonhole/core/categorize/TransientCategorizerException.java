package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.TransientException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call to a categorizer failed as a whole, and may succeed later: a timeout, a rate limit, a server error. */
public final class TransientCategorizerException extends TransientException {
    private final FailureCause failure;
    private final @Nullable Duration retryAfter;

    /**
     * @param failure what the rows are marked with if no later attempt succeeds
     * @param retryAfter the least time to wait, as the provider asked for it; null if it did not
     */
    public TransientCategorizerException(
            FailureCause failure, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
        this.retryAfter = retryAfter;
    }

    public FailureCause failure() {
        return failure;
    }

    /** The least time to wait before the next attempt, if the provider named one. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}

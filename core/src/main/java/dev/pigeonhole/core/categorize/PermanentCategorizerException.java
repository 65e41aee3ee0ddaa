package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.PermanentException;
import org.jspecify.annotations.Nullable;

/** A call to a categorizer failed as a whole, and would fail again: its rows are marked as failed, the job goes on. */
public final class PermanentCategorizerException extends PermanentException {
    private final FailureCause failure;

    public PermanentCategorizerException(FailureCause failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public FailureCause failure() {
        return failure;
    }
}

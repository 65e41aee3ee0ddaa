package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.PermanentException;
import org.jspecify.annotations.Nullable;

/** No call can succeed until the user does something: the job pauses, no row is marked as failed. */
public final class JobPausedException extends PermanentException {
    private final PauseReason reason;

    public JobPausedException(PauseReason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public PauseReason reason() {
        return reason;
    }
}

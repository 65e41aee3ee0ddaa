package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.TransientException;

/** A call was not sent, because the job stops; nothing was spent. */
public final class NotSentException extends TransientException {
    public NotSentException() {
        super("the call was not sent, because the job stops", null);
    }
}

package dev.pigeonhole.core;

import org.jspecify.annotations.Nullable;

/**
 * Root of all exceptions that Pigeonhole throws on purpose. The message is meant for a person: what was found, where, what was
 * expected, what to do. It holds no secrets and no row text.
 */
public abstract sealed class PigeonholeException extends RuntimeException
        permits TransientException, PermanentException {
    PigeonholeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}

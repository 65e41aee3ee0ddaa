package dev.pigeonhole.core;

import org.jspecify.annotations.Nullable;

/** The same call may succeed if it is made again a little later. */
public abstract non-sealed class TransientException extends PigeonholeException {
    protected TransientException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.pigeonhole.core;

import org.jspecify.annotations.Nullable;

/** Making the same call again will not help: something else has to change first. */
public abstract non-sealed class PermanentException extends PigeonholeException {
    protected PermanentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

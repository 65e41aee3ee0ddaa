package dev.pigeonhole.core;

import org.jspecify.annotations.Nullable;

/** The input cannot be read as the CSV file that it should be. Nothing was sent to any categorizer. */
public final class InputException extends PermanentException {
    public InputException(String message) {
        this(message, null);
    }

    public InputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

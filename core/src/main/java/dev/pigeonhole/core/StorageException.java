package dev.pigeonhole.core;

import org.jspecify.annotations.Nullable;

/** A file or a database could not be read or written. What was durable before stays; the job can be resumed after the repair. */
public final class StorageException extends PermanentException {
    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

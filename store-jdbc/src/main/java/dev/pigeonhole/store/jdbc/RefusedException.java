package dev.pigeonhole.store.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** An error of our own finding; its message says all that a person needs. */
final class RefusedException extends SQLException {
    RefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

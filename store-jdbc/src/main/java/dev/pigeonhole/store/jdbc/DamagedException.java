package dev.pigeonhole.store.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database can be read, and what it says cannot be what was written. */
final class DamagedException extends SQLException {
    DamagedException(String what) {
        super(what);
    }

    DamagedException(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}

package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Says in plain words what SQLite reports, and what to do. The only place that does. Immutable. */
final class SqliteErrors {
    static final int BUSY = 5;

    private final Path file;

    SqliteErrors(Path file) {
        this.file = file;
    }

    /** The primary result code of SQLite; 0 if the error is not from there. */
    static int code(SQLException error) {
        return error.getErrorCode() & 0xff;
    }

    StorageException translate(String doing, SQLException error) {
        return new StorageException(doing + ": " + explain(error), error);
    }

    private String explain(SQLException error) {
        if (error instanceof RefusedException) {
            return String.valueOf(error.getMessage());
        } else if (error instanceof DamagedException) {
            return damaged(error);
        }
        return switch (code(error)) {
            case BUSY, 6 -> "another process has kept the database " + file + " busy for too long; try again";
            case 3, 8 ->
                "the database " + file + " is read-only; give this user write permission on the file and its folder";
            case 7 -> "there is not enough memory";
            case 10 ->
                "the database " + file + " cannot be read or written (" + error.getMessage() + "); check the disk";
            case 13 -> "the disk is full (database " + file + "); nothing was lost: make room, then resume the job";
            case 14 ->
                "the database " + file
                        + " cannot be opened; check that its folder is a folder and that this user may read and write in it";
            case 1, 11, 17, 19, 20, 24, 26 -> damaged(error);
            default -> "database " + file + ": " + error.getMessage();
        };
    }

    private String damaged(SQLException error) {
        return "the database " + file + " is damaged or was not made by this program (" + error.getMessage()
                + "); nothing was overwritten. Restore the file from a backup, or move the folder " + file.getParent()
                + " away and start the job anew";
    }
}

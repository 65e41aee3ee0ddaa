package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.store.jdbc.Engine.JobLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Locks of jobs: each is an SQLite file of its own, exclusively locked as long as the job is held. The operating system ends the
 * lock with the process, and SQLite makes the locks of files hold between the threads of one process too, which those of Java do
 * not ({@code OverlappingFileLockException}; and closing any channel on the file drops the lock).
 *
 * <p>Taking a lock has two steps. First the reservation, which one taker gets and all others miss at once; then, by a write in
 * exclusive mode, the exclusive lock, which waits only for those who look whether the job is held: they read the file for a
 * moment, and so neither get in the way of the reservation nor see a held job as free. The files lie beside the folders of the jobs,
 * not in them, so that nobody who lists, copies or cleans a job's folder touches them.
 */
final class SqliteLocks {
    private static final int LOOKERS_MILLIS = 30_000;

    private final Path folder;

    SqliteLocks(Path folder) {
        this.folder = folder;
    }

    Optional<JobLock> tryLock(String jobId) throws SQLException {
        Connection connection = SqliteEngine.connect(create(jobId), 0);
        try {
            Sql.run(connection, "PRAGMA locking_mode=EXCLUSIVE");
            Sql.run(connection, "BEGIN IMMEDIATE");
            Sql.run(connection, "PRAGMA busy_timeout=" + LOOKERS_MILLIS);
            Sql.run(connection, "PRAGMA user_version=1");
            Sql.run(connection, "COMMIT");
            return Optional.of(() -> release(connection));
        } catch (SQLException e) {
            release(connection);
            if (SqliteErrors.code(e) == SqliteErrors.BUSY) {
                return Optional.empty();
            }
            throw unreadable(jobId, e);
        }
    }

    boolean isLocked(String jobId) throws SQLException {
        Path file = file(jobId);
        if (!Files.exists(file)) {
            return false;
        }
        try (Connection connection = SqliteEngine.connect(file, 0)) {
            Sql.run(connection, "PRAGMA user_version");
            return false;
        } catch (SQLException e) {
            if (SqliteErrors.code(e) == SqliteErrors.BUSY) {
                return true;
            }
            throw unreadable(jobId, e);
        }
    }

    private Path create(String jobId) throws SQLException {
        Path file = file(jobId);
        try {
            Folders.create(folder);
            Folders.createFile(file);
            return file;
        } catch (IOException e) {
            throw unreadable(jobId, e);
        }
    }

    private RefusedException unreadable(String jobId, Exception cause) {
        return new RefusedException(
                "the lock file " + file(jobId) + " cannot be used (" + cause.getMessage()
                        + "); it holds no data: check its permissions, or delete it if no process works on the job",
                cause);
    }

    private Path file(String jobId) {
        return folder.resolve(jobId + ".db");
    }

    private static void release(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("a lock could not be given back; it ends with this process", e);
        }
    }
}

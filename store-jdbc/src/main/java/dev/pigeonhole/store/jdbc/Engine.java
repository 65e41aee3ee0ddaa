package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What differs between databases. Thread-safe. */
interface Engine {
    /** A new connection, ready to write, in autocommit mode. */
    Connection openWriter() throws SQLException;

    /** A new connection that can only read, in autocommit mode. */
    Connection openReader() throws SQLException;

    /** The statement that begins a transaction which keeps all other writers out, whatever their process, until it ends. */
    String beginWriting();

    /** The statement that begins a transaction which sees the database as it is at its first query. */
    String beginReading();

    /** The layout: script {@code i} makes version {@code i + 1} of version {@code i}; 0 is an empty database. */
    List<String> migrations();

    /**
     * Looks for damage as far as that is quick.
     *
     * @throws SQLException found, or not readable
     */
    void check(Connection connection) throws SQLException;

    /** Locks a job for this process, at once; empty if somebody holds it. The lock ends with the process. */
    Optional<JobLock> tryLock(String jobId) throws SQLException;

    /** Whether somebody holds a job. Never in the way of {@link #tryLock}. */
    boolean isLocked(String jobId) throws SQLException;

    /**
     * What a person can be told about an error.
     *
     * @param doing what was tried, as in "outcomes cannot be recorded"
     */
    StorageException translate(String doing, SQLException error);

    /** A lock that is held. */
    interface JobLock extends AutoCloseable {
        /** Gives it back; calling it twice does no harm. */
        @Override
        void close();
    }
}

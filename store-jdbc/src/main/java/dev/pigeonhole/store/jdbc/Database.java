package dev.pigeonhole.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection that writes and as many as are needed that read, so that reading and writing never wait for each other.
 * Thread-safe. Here the exceptions of the database become {@link dev.pigeonhole.core.StorageException}, and nowhere else.
 */
final class Database implements AutoCloseable {
    private final Engine engine;
    private final Connection writer;
    /** Fair: who records rows and who notes calls take turns. */
    private final ReentrantLock writing = new ReentrantLock(true);

    private final Deque<Connection> idleReaders = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    Database(Engine engine) {
        this.engine = engine;
        try {
            writer = engine.openWriter();
        } catch (SQLException e) {
            throw engine.translate("the workspace cannot be opened", e);
        }
    }

    /** What is done in a transaction. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** The same without a result. */
    interface Change {
        void in(Connection connection) throws SQLException;
    }

    /** What is done without a transaction. */
    interface Other<T> {
        T get() throws SQLException;
    }

    Engine engine() {
        return engine;
    }

    /** Reads the database as it is at one moment. May be nested. */
    <T> T read(String doing, Work<T> work) {
        requireOpen();
        try {
            Connection reader = idleReaders.poll();
            if (reader == null) {
                reader = engine.openReader();
            }
            return reading(reader, work);
        } catch (SQLException e) {
            throw engine.translate(doing, e);
        }
    }

    private <T> T reading(Connection reader, Work<T> work) throws SQLException {
        boolean sound = false;
        try {
            Sql.run(reader, engine.beginReading());
            T result = work.in(reader);
            Sql.run(reader, "COMMIT");
            sound = true;
            return result;
        } finally {
            if (sound && !closed) {
                idleReaders.push(reader);
            } else {
                reader.close();
            }
        }
    }

    /** Asks the engine for something that has nothing to do with transactions. */
    <T> T outside(String doing, Other<T> other) {
        requireOpen();
        try {
            return other.get();
        } catch (SQLException e) {
            throw engine.translate(doing, e);
        }
    }

    /** Changes the database: as a whole and for good, or not at all. One at a time; never nested. */
    <T> T write(String doing, Work<T> work) {
        requireNotWriting();
        writing.lock();
        try {
            requireOpen();
            return committed(work);
        } catch (SQLException e) {
            throw engine.translate(doing, e);
        } finally {
            writing.unlock();
        }
    }

    /** Who waits within a change for another one waits for ever. */
    void requireNotWriting() {
        if (writing.isHeldByCurrentThread()) {
            throw new IllegalStateException("a change within a change");
        }
    }

    private <T> T committed(Work<T> work) throws SQLException {
        Sql.run(writer, engine.beginWriting());
        try {
            T result = work.in(writer);
            Sql.run(writer, "COMMIT");
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(e);
            throw e;
        }
    }

    private void rollBack(Throwable cause) {
        try {
            Sql.run(writer, "ROLLBACK");
        } catch (SQLException e) {
            // Some errors, such as a full disk, have rolled back already.
            cause.addSuppressed(e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the checkpoint store is closed");
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            for (Connection reader = idleReaders.poll(); reader != null; reader = idleReaders.poll()) {
                reader.close();
            }
            writer.close();
        } catch (SQLException e) {
            throw engine.translate("the workspace cannot be closed", e);
        } finally {
            writing.unlock();
        }
    }
}

package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * SQLite in the file {@code pigeonhole.db} of the workspace. A write-ahead log lets readers go on during writes; every commit is
 * forced to the disk. Not final for the sake of tests.
 */
class SqliteEngine implements Engine {
    private static final int BUSY_MILLIS = 30_000;
    private static final int RETRY_MILLIS = 10;
    private static final long QUICK_CHECK_BYTES = 64L << 20;

    private final Path file;
    private final SqliteLocks locks;
    private final SqliteErrors errors;

    SqliteEngine(Path workspace) {
        file = workspace.resolve("pigeonhole.db");
        locks = new SqliteLocks(workspace.resolve("locks"));
        errors = new SqliteErrors(file);
    }

    /** A connection to a file that is there, whatever characters its name has. */
    static Connection connect(Path file, int busyMillis) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri() + "?mode=rw");
        try {
            Sql.run(connection, "PRAGMA busy_timeout=" + busyMillis);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Connection openWriter() throws SQLException {
        return open(
                "PRAGMA journal_mode=WAL",
                "PRAGMA synchronous=FULL",
                "PRAGMA foreign_keys=ON",
                "PRAGMA cell_size_check=ON",
                "PRAGMA journal_size_limit=" + (64 << 20));
    }

    @Override
    public Connection openReader() throws SQLException {
        return open("PRAGMA query_only=ON", "PRAGMA cell_size_check=ON");
    }

    private Connection open(String... pragmas) throws SQLException {
        try {
            Folders.createFile(file);
        } catch (IOException e) {
            throw new RefusedException("the file " + file + " cannot be created: " + e, e);
        }
        Connection connection = connect(file, BUSY_MILLIS);
        try {
            for (String pragma : pragmas) {
                runPatiently(connection, pragma);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Who changes to the write-ahead log while another does the same is refused at once: SQLite does not wait where two could wait for
     * each other for ever. Neither do, if this one tries again.
     */
    private static void runPatiently(Connection connection, String pragma) throws SQLException {
        long began = System.nanoTime();
        boolean run = false;
        while (!run) {
            run = isRun(connection, pragma, System.nanoTime() - began < BUSY_MILLIS * 1_000_000L);
        }
    }

    /** False if it has to be tried again, after a little wait. */
    private static boolean isRun(Connection connection, String pragma, boolean patient) throws SQLException {
        try {
            Sql.run(connection, pragma);
            return true;
        } catch (SQLException e) {
            if (!patient || SqliteErrors.code(e) != SqliteErrors.BUSY || !waited()) {
                throw e;
            }
            return false;
        }
    }

    private static boolean waited() {
        try {
            Thread.sleep(RETRY_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String beginWriting() {
        return "BEGIN IMMEDIATE";
    }

    @Override
    public String beginReading() {
        return "BEGIN";
    }

    @Override
    public List<String> migrations() {
        return List.of(script("sqlite-1.sql"), script("sqlite-2.sql"), script("sqlite-3.sql"), script("sqlite-4.sql"));
    }

    private static String script(String name) {
        try (InputStream in = SqliteEngine.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the program is incomplete: " + name, e);
        }
    }

    @Override
    public void check(Connection connection) throws SQLException {
        try {
            if (Files.size(file) > QUICK_CHECK_BYTES) {
                return;
            }
        } catch (IOException e) {
            throw new RefusedException("the file " + file + " cannot be looked at: " + e, e);
        }
        String found = Sql.first(connection, "PRAGMA quick_check(1)", line -> line.getString(1));
        if (!"ok".equals(found)) {
            throw new DamagedException(String.valueOf(found));
        }
    }

    @Override
    public Optional<JobLock> tryLock(String jobId) throws SQLException {
        return locks.tryLock(jobId);
    }

    @Override
    public boolean isLocked(String jobId) throws SQLException {
        return locks.isLocked(jobId);
    }

    @Override
    public StorageException translate(String doing, SQLException error) {
        return errors.translate(doing, error);
    }
}

package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.store.jdbc.Engine.JobLock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The words of a job's texts, in {@code search.db} in its folder: an index of SQLite's FTS5 that holds no texts. It is there as a
 * whole or not at all, and nothing is lost with it: it can be deleted at any time. Thread-safe.
 */
final class TextSearch {
    /** More rows than this are not looked at: their numbers alone would take too long to read. */
    private static final int MOST_HITS = 100_000;

    private static final int MOST_LATEST = 4;
    private static final int VERSION = 1;
    private static final int STEP = 1_000;
    private static final int WAIT_MILLIS = 100;
    /** Measured: the prefixes make the file three times as large, and a search for one letter ten times as fast. */
    private static final String TABLE = "CREATE VIRTUAL TABLE word USING fts5(text, content='', prefix='1 2',"
            + " tokenize=\"unicode61 remove_diacritics 2\")";

    private final Path folder;
    private final String id;
    private final Engine engine;
    private final int mostHits;
    private volatile boolean searchable;
    /** What was searched for last: a page, its facets and the next page ask for the same, and what is searched never changes. */
    private final Map<String, Hits> latest = new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Hits> eldest) {
            return size() > MOST_LATEST;
        }
    };

    TextSearch(Path folder, String id, Engine engine) {
        this(folder, id, engine, MOST_HITS);
    }

    TextSearch(Path folder, String id, Engine engine, int mostHits) {
        this.folder = folder;
        this.id = id;
        this.engine = engine;
        this.mostHits = mostHits;
    }

    /** Rows that have the words, which nobody changes, and whether these are all. */
    record Hits(BitSet rows, boolean exact) {}

    Hits find(String expression) throws SQLException {
        synchronized (latest) {
            Hits known = latest.get(expression);
            if (known != null) {
                return known;
            }
        }
        Hits found = read(expression);
        synchronized (latest) {
            latest.put(expression, found);
        }
        return found;
    }

    private Hits read(String expression) throws SQLException {
        BitSet rows = new BitSet();
        try (Connection connection = SqliteEngine.connect(file(), 0)) {
            Sql.run(connection, "PRAGMA query_only=ON");
            Sql.forEach(
                    connection,
                    "SELECT rowid FROM word WHERE word MATCH ? LIMIT ?",
                    line -> rows.set(line.getInt(1)),
                    expression,
                    mostHits + 1);
        } catch (SQLException e) {
            throw unusable(e);
        }
        boolean exact = rows.cardinality() <= mostHits;
        if (!exact) {
            rows.clear(rows.length() - 1);
        }
        return new Hits(rows, exact);
    }

    boolean isSearchable() throws SQLException {
        if (!searchable && Files.isRegularFile(file())) {
            try (Connection connection = SqliteEngine.connect(file(), 0)) {
                Integer version = Sql.first(connection, "PRAGMA user_version", line -> line.getInt(1));
                searchable = version != null && version == VERSION;
            } catch (SQLException e) {
                throw unusable(e);
            }
        }
        return searchable;
    }

    private RefusedException unusable(Exception cause) {
        return new RefusedException(
                "the file " + file() + " cannot be used (" + cause.getMessage()
                        + "); it can be made again: delete it, then search once more",
                cause);
    }

    /** Of several processes, one works. */
    synchronized void make(Iterator<Item> texts, LongConsumer progress) throws SQLException {
        while (!isSearchable() && !Thread.currentThread().isInterrupted()) {
            Optional<JobLock> lock = engine.tryLock(id + "-search");
            if (lock.isPresent()) {
                try {
                    makeHeld(texts, progress);
                } finally {
                    lock.get().close();
                }
                return;
            }
            waitALittle();
        }
    }

    private static void waitALittle() {
        try {
            Thread.sleep(WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void makeHeld(Iterator<Item> texts, LongConsumer progress) throws SQLException {
        if (isSearchable()) {
            return; // Another process came to its end just before.
        }
        Path part = folder.resolve("search.part");
        try {
            Folders.create(folder);
            Files.deleteIfExists(part);
            Folders.createFile(part);
            if (write(part, texts, progress)) {
                publish(part);
            }
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new RefusedException("the file " + part + " cannot be written (" + e + "); check the disk", e);
        }
    }

    /** Forced to the disk before it gets its name: SQLite was told not to. */
    private void publish(Path part) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns whether it came to the end. */
    private static boolean write(Path part, Iterator<Item> texts, LongConsumer progress) throws SQLException {
        try (Connection connection = SqliteEngine.connect(part, 0)) {
            Sql.run(connection, "PRAGMA journal_mode=OFF");
            Sql.run(connection, "PRAGMA synchronous=OFF");
            Sql.run(connection, "BEGIN");
            Sql.run(connection, TABLE);
            if (!insert(connection, texts, progress)) {
                return false;
            }
            Sql.run(connection, "PRAGMA user_version=" + VERSION);
            Sql.run(connection, "COMMIT");
            return true;
        }
    }

    private static boolean insert(Connection connection, Iterator<Item> texts, LongConsumer progress)
            throws SQLException {
        Thread thread = Thread.currentThread();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO word (rowid, text) VALUES (?, ?)")) {
            for (long rows = 1; texts.hasNext(); rows++) {
                if (thread.isInterrupted()) {
                    return false;
                }
                Item item = texts.next();
                insert.setLong(1, item.row());
                insert.setString(2, Storable.text(item.text()));
                insert.executeUpdate();
                if (rows % STEP == 0) {
                    progress.accept(item.row());
                }
            }
        }
        return !thread.isInterrupted();
    }

    private Path file() {
        return folder.resolve("search.db");
    }
}

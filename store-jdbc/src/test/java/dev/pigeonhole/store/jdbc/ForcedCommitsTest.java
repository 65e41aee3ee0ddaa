package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That commits are forced to the disk cannot be seen by killing processes: what they wrote is with the operating system by then. So it is
 * looked at how the database was told to write.
 */
class ForcedCommitsTest {
    private static final String FULL = "2";

    @TempDir
    Path temporary;

    @Test
    void everyCommitIsForcedToTheDisk() {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(temporary)) {
            assertThat(said(store, "PRAGMA synchronous")).isEqualTo(FULL);
        }
    }

    @Test
    void theLogIsWrittenAheadSoThatReadersGoOn() {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(temporary)) {
            assertThat(said(store, "PRAGMA journal_mode")).isEqualTo("wal");
        }
    }

    @Test
    void linesThatPointNowhereAreRefused() {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(temporary)) {
            assertThat(said(store, "PRAGMA foreign_keys")).isEqualTo("1");
        }
    }

    private static String said(JdbcCheckpointStore store, String pragma) {
        return store.database().write("test", connection -> Sql.first(connection, pragma, line -> line.getString(1)));
    }
}

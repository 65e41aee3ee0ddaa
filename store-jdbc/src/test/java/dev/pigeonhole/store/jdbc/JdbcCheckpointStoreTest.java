package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.testkit.DurableCheckpointStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

class JdbcCheckpointStoreTest extends DurableCheckpointStoreContract {
    @Override
    protected CheckpointStore open(Path directory) {
        return JdbcCheckpointStore.sqlite(directory);
    }

    /** Deletes the lock file, as somebody who tidies up may do: the next holder locks a new one. */
    @Override
    protected void dropLock(CheckpointStore store, Path directory, String jobId) {
        try {
            Files.delete(directory.resolve("locks").resolve(jobId + ".db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.testkit.CheckpointStoreContract;
import java.nio.file.Path;

/** In this package for the sake of {@link InMemoryCheckpointStore#dropLock}; in this module for the sake of the contract. */
class InMemoryCheckpointStoreTest extends CheckpointStoreContract {
    @Override
    protected CheckpointStore open(Path directory) {
        return CheckpointStore.inMemory(directory);
    }

    @Override
    protected void dropLock(CheckpointStore store, Path directory, String jobId) {
        ((InMemoryCheckpointStore) store).dropLock(jobId);
    }
}

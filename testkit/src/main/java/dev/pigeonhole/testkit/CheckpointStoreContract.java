package dev.pigeonhole.testkit;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link CheckpointStore} must do, sentence by sentence of its Javadoc. A store that outlives its objects extends
 * {@link DurableCheckpointStoreContract} instead, which adds what holds between several objects and after opening again.
 */
public abstract class CheckpointStoreContract
        implements JobTests,
                LockTests,
                FencingTests,
                OutcomeTests,
                CountTests,
                PublishTests,
                ReopenTests,
                LedgerTests,
                KnownAnswerTests,
                RowsTests,
                ReviewTests,
                DeleteTests {
    @TempDir
    Path temporary;

    private CheckpointStore store;

    /** Opens the store of a folder; may be called again for the same one. */
    protected abstract CheckpointStore open(Path directory);

    /**
     * Takes the lock away from whoever holds the job, as a file system that loses locks would, so that it can be acquired once
     * more.
     */
    protected abstract void dropLock(CheckpointStore store, Path directory, String jobId);

    @BeforeEach
    public final void openStore() {
        store = open(directory());
    }

    @AfterEach
    public final void closeStore() {
        store.close();
    }

    @Override
    public final CheckpointStore store() {
        return store;
    }

    @Override
    public final void dropLock(String jobId) {
        dropLock(store, directory(), jobId);
    }

    /** The folder of the store; its name is not a plain one. */
    protected final Path directory() {
        return temporary.resolve("work ? %41 #ü");
    }
}

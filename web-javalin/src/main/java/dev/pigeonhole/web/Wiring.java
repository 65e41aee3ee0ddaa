package dev.pigeonhole.web;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import dev.pigeonhole.workspace.StoreOnDemand;
import java.nio.file.Files;
import java.nio.file.Path;

/** The only class that names adapters. */
final class Wiring {
    private Wiring() {}

    /** The store of a workspace that is made when it is needed: a server that cannot start leaves nothing behind. */
    static CheckpointStore storeOnDemand(Path workspace) {
        return new StoreOnDemand(() -> Files.exists(workspace), () -> JdbcCheckpointStore.sqlite(workspace));
    }
}

package dev.pigeonhole.cli;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import dev.pigeonhole.web.WebApp;
import dev.pigeonhole.web.WebSettings;
import dev.pigeonhole.workspace.StoreOnDemand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The only class that names adapters. */
final class Wiring {
    private Wiring() {}

    static CheckpointStore store(Path workspace) {
        return JdbcCheckpointStore.sqlite(workspace);
    }

    /** The web page over a workspace. */
    static WebApp web(WebSettings settings, Map<String, String> environment) {
        return WebApp.create(settings, environment);
    }

    /** The store of a workspace that is made when it is needed. */
    static CheckpointStore storeOnDemand(Path workspace) {
        return new StoreOnDemand(() -> Files.exists(workspace), () -> store(workspace));
    }
}

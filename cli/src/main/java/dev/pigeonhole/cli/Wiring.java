package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import java.nio.file.Path;
import java.util.List;

/** The only class that names adapters. */
final class Wiring {
    private Wiring() {}

    static CheckpointStore store(Path workspace) {
        return JdbcCheckpointStore.sqlite(workspace);
    }

    /** The provider of this name. */
    static CategorizerProvider provider(String provider) {
        List<CategorizerProvider> providers = CategorizerProvider.all();
        List<String> names = providers.stream().map(CategorizerProvider::name).toList();
        return providers.stream()
                .filter(p -> p.name().equals(provider))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException("there is no provider \"" + provider + "\""
                        + Suggestion.hint(provider, names) + "; on the class path: " + String.join(", ", names)));
    }
}

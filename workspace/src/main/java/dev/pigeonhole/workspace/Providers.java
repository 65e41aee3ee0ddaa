package dev.pigeonhole.workspace;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import java.util.List;

/** Finds who categorizes. Stateless. */
public final class Providers {
    private Providers() {}

    /**
     * The provider of this name.
     *
     * @throws ConfigurationException there is none on the class path
     */
    public static CategorizerProvider named(String provider) {
        List<CategorizerProvider> providers = CategorizerProvider.all();
        List<String> names = providers.stream().map(CategorizerProvider::name).toList();
        return providers.stream()
                .filter(p -> p.name().equals(provider))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException("there is no provider \"" + provider + "\""
                        + Suggestion.hint(provider, names) + "; on the class path: " + String.join(", ", names)));
    }
}

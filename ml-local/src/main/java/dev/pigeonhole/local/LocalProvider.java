package dev.pigeonhole.local;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link LocalCategorizer}s. Its one option is {@value #THRESHOLD}: the least confidence, from 0 to 1, with which a row gets a
 * category; 0 if not given. Stateless.
 */
public final class LocalProvider implements CategorizerProvider {
    private static final String THRESHOLD = "threshold";
    private static final Set<String> OPTIONS = Set.of(THRESHOLD);

    /** For {@link java.util.ServiceLoader}. */
    public LocalProvider() {}

    @Override
    public String name() {
        return "local";
    }

    @Override
    public Categorizer create(Taxonomy taxonomy, Map<String, String> options) {
        for (String option : options.keySet()) {
            if (!OPTIONS.contains(option)) {
                throw new ConfigurationException("the local categorizer has no option \"" + option + "\""
                        + Suggestion.hint(option, OPTIONS) + "; it has: " + String.join(", ", OPTIONS));
            }
        }
        return LocalCategorizer.of(taxonomy, threshold(options.getOrDefault(THRESHOLD, "0")));
    }

    private static double threshold(String text) {
        try {
            double threshold = Double.parseDouble(text);
            if (threshold >= 0 && threshold <= 1) {
                return threshold;
            }
        } catch (NumberFormatException e) {
            throw wrongThreshold(text, e);
        }
        throw wrongThreshold(text, null);
    }

    private static ConfigurationException wrongThreshold(String text, @Nullable Throwable cause) {
        return new ConfigurationException("threshold must be a number from 0 to 1, was \"" + text + "\"", cause);
    }
}

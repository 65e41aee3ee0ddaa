package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Makes rankers; found with {@link ServiceLoader}. Stateless. */
public interface RankerProvider {
    /**
     * Makes a ranker. May take seconds, for training.
     *
     * @param known texts whose categories are known, beside what the taxonomy says; may be empty
     */
    Ranker create(Taxonomy taxonomy, List<LabelledText> known);

    /**
     * The one on the class path, if there is one.
     *
     * @throws ConfigurationException a jar names a provider that cannot be made
     */
    static Optional<RankerProvider> find() {
        try {
            return ServiceLoader.load(RankerProvider.class).findFirst();
        } catch (ServiceConfigurationError e) {
            throw new ConfigurationException("a ranker on the class path cannot be used: " + e.getMessage(), e);
        }
    }
}

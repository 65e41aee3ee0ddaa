package dev.pigeonhole.local;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.categorize.RankerProvider;
import java.util.List;

/**
 * Makes rankers that order the categories as the {@link LocalCategorizer} does. Stateless.
 */
public final class LocalRankerProvider implements RankerProvider {
    /** For {@link java.util.ServiceLoader}. */
    public LocalRankerProvider() {}

    /** @throws dev.pigeonhole.core.ConfigurationException a known text has a category that the taxonomy does not have */
    @Override
    public Ranker create(Taxonomy taxonomy, List<LabelledText> known) {
        return new LocalRanker(taxonomy, Learned.of(taxonomy, known, List.of()));
    }
}

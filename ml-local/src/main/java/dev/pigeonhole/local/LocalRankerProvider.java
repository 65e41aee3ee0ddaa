package dev.pigeonhole.local;

import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.categorize.RankerProvider;
import java.util.List;

/**
 * Makes rankers: with few known texts they order the categories as the {@link LocalCategorizer} does, with many as a
 * {@link LocalModel} does, whose training they do without the parts that find out how good it is. Stateless.
 */
public final class LocalRankerProvider implements RankerProvider {
    /** From here on a support vector machine; it is faster, and its doubt is as good a guide where no share of a whole is calibrated. */
    private static final int MANY = 100;

    /** For {@link java.util.ServiceLoader}. */
    public LocalRankerProvider() {}

    /** @throws dev.pigeonhole.core.ConfigurationException a known text has a category that the taxonomy does not have */
    @Override
    public Ranker create(Taxonomy taxonomy, List<LabelledText> known) {
        return known.size() < MANY
                ? new LocalRanker(taxonomy, Learned.of(taxonomy, known, List.of()))
                : TaughtRanker.of(taxonomy, known);
    }
}

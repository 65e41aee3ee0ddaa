package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.categorize.InputTexts;
import dev.pigeonhole.core.categorize.PromptMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A provider whose categorizers are looked at while they work. Stateless. */
final class WatchedProvider implements CategorizerProvider {
    private final CategorizerProvider provider;
    private final UnaryOperator<Categorizer> watched;

    /** @param watched makes a categorizer one that is looked at, and closes it */
    WatchedProvider(CategorizerProvider provider, UnaryOperator<Categorizer> watched) {
        this.provider = provider;
        this.watched = watched;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public Categorizer create(Taxonomy taxonomy, Map<String, String> options) {
        return watched.apply(provider.create(taxonomy, options));
    }

    @Override
    public Categorizer createFor(InputTexts texts, Taxonomy taxonomy, Map<String, String> options) {
        return watched.apply(provider.createFor(texts, taxonomy, options));
    }

    @Override
    public Categorizer reader(Taxonomy taxonomy, Map<String, String> options) {
        return watched.apply(provider.reader(taxonomy, options));
    }

    @Override
    public Categorizer readerFor(InputTexts texts, Taxonomy taxonomy, Map<String, String> options) {
        return watched.apply(provider.readerFor(texts, taxonomy, options));
    }

    @Override
    public Optional<Taxonomy> taxonomy(Map<String, String> options) {
        return provider.taxonomy(options);
    }

    @Override
    public Optional<Estimator> estimator(Taxonomy taxonomy, Map<String, String> options) {
        return provider.estimator(taxonomy, options);
    }

    @Override
    public List<PromptMessage> prompt(Taxonomy taxonomy, Map<String, String> options, List<Item> items) {
        return provider.prompt(taxonomy, options, items);
    }

    @Override
    public int candidates(Taxonomy taxonomy, Map<String, String> options) {
        return provider.candidates(taxonomy, options);
    }
}

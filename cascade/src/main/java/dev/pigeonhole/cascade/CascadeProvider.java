package dev.pigeonhole.cascade;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Agreement;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.categorize.InputTexts;
import dev.pigeonhole.core.categorize.PromptMessage;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.core.file.Disk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A provider whose categorizers are spared by a cascade, if its options say so: {@code cascade} is the wanted agreement, such as 0.95,
 * {@code cascade-seed} a whole number. All other options are the other provider's. Stateless.
 */
public final class CascadeProvider implements CategorizerProvider {
    /** The option that holds the target. */
    public static final String TARGET = "cascade";

    /** The option that holds the seed. */
    public static final String SEED = "cascade-seed";

    private static final String CALLS_NOBODY = "local";

    private final CategorizerProvider oracle;

    private CascadeProvider(CategorizerProvider oracle) {
        this.oracle = oracle;
    }

    /** A provider before another, of the same name. */
    public static CategorizerProvider over(CategorizerProvider oracle) {
        return new CascadeProvider(oracle);
    }

    /** The options without those of a cascade. */
    public static SortedMap<String, String> withoutOwn(Map<String, String> options) {
        SortedMap<String, String> others = new TreeMap<>(options);
        others.remove(TARGET);
        others.remove(SEED);
        return others;
    }

    /** How the cascade of a job has ended, if it had one and has ended. */
    public static Optional<Agreement> agreement(Path jobDirectory) {
        return new StateFile(Disk.real(), jobDirectory).agreement();
    }

    @Override
    public String name() {
        return oracle.name();
    }

    @Override
    public Categorizer create(Taxonomy taxonomy, Map<String, String> options) {
        Optional<CascadeSettings> settings = settings(options);
        return before(oracle.create(taxonomy, withoutOwn(options)), taxonomy, settings);
    }

    @Override
    public Categorizer createFor(InputTexts texts, Taxonomy taxonomy, Map<String, String> options) {
        Optional<CascadeSettings> settings = settings(options);
        return before(oracle.createFor(texts, taxonomy, withoutOwn(options)), taxonomy, settings);
    }

    @Override
    public Categorizer reader(Taxonomy taxonomy, Map<String, String> options) {
        Optional<CascadeSettings> settings = settings(options);
        return before(oracle.reader(taxonomy, withoutOwn(options)), taxonomy, settings);
    }

    @Override
    public Categorizer readerFor(InputTexts texts, Taxonomy taxonomy, Map<String, String> options) {
        Optional<CascadeSettings> settings = settings(options);
        return before(oracle.readerFor(texts, taxonomy, withoutOwn(options)), taxonomy, settings);
    }

    @Override
    public Optional<Taxonomy> taxonomy(Map<String, String> options) {
        return oracle.taxonomy(withoutOwn(options));
    }

    /** What the job costs without a cascade: how much it saves is known only when it has learned. */
    @Override
    public Optional<Estimator> estimator(Taxonomy taxonomy, Map<String, String> options) {
        settings(options); // Refused here too, before anything is made.
        return oracle.estimator(taxonomy, withoutOwn(options));
    }

    @Override
    public List<PromptMessage> prompt(Taxonomy taxonomy, Map<String, String> options, List<Item> items) {
        return oracle.prompt(taxonomy, withoutOwn(options), items);
    }

    @Override
    public int candidates(Taxonomy taxonomy, Map<String, String> options) {
        return oracle.candidates(taxonomy, withoutOwn(options));
    }

    private static Categorizer before(Categorizer oracle, Taxonomy taxonomy, Optional<CascadeSettings> settings) {
        return settings.<Categorizer>map(s -> CascadeCategorizer.over(oracle, taxonomy, learner(), s))
                .orElse(oracle);
    }

    private static RankerProvider learner() {
        return RankerProvider.find()
                .orElseThrow(
                        () -> new ConfigurationException("a cascade needs a classifier that learns, and none is on the"
                                + " class path; add the jar of ml-local, or leave the option " + TARGET + " out"));
    }

    private Optional<CascadeSettings> settings(Map<String, String> options) {
        String target = options.get(TARGET);
        String seed = options.get(SEED);
        if (target == null) {
            if (seed != null) {
                throw new ConfigurationException("the option " + SEED + " is of no use without " + TARGET
                        + "; give both, such as " + TARGET + " 0.95, or neither");
            }
            return Optional.empty();
        }
        if (oracle.name().equals(CALLS_NOBODY)) {
            throw new ConfigurationException(
                    "the provider " + CALLS_NOBODY + " calls nobody, so there is nothing that a"
                            + " cascade could save; name a language model, or leave " + TARGET + " out");
        }
        CascadeSettings settings = CascadeSettings.of(number(target));
        return Optional.of(seed == null ? settings : settings.withSeed(whole(seed)));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ConfigurationException(
                    TARGET + " must be a number from " + CascadeSettings.LEAST_TARGET + " to "
                            + CascadeSettings.MOST_TARGET + ", such as 0.95, found \"" + text + "\"",
                    e);
        }
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ConfigurationException(SEED + " must be a whole number, found \"" + text + "\"", e);
        }
    }
}

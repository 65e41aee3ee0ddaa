package dev.pigeonhole.local;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Answers by a {@link LocalModel}. Immutable, thread-safe: the model is shared, buffers are made for each call. */
final class ModelCategorizer implements Categorizer {
    private static final String SOURCE = "local";
    private static final int NAMED = 5;

    private final LocalModel model;
    private final boolean allowUnmatched;
    private final double minConfidence;
    private final String digest;

    ModelCategorizer(LocalModel model, Taxonomy taxonomy, double minConfidence) {
        if (!(minConfidence >= 0 && minConfidence <= 1)) {
            throw new IllegalArgumentException("minConfidence must be from 0 to 1, was " + minConfidence);
        }
        requireSameCategories(model.taxonomy(), taxonomy);
        if (minConfidence > 0 && model.calibration().isEmpty()) {
            throw new ConfigurationException("the model knows no confidence, so it cannot keep a least confidence of "
                    + minConfidence + ": it was trained on " + model.card().rowsUsed()
                    + " rows, which are too few; ask for no least confidence, or train on more rows");
        }
        this.model = model;
        this.allowUnmatched = taxonomy.allowUnmatched();
        this.minConfidence = minConfidence;
        this.digest = model.digest();
    }

    /** An answer that is more likely wrong than right is worth less than none, where none is allowed (Chow 1970). */
    static double defaultMinConfidence(LocalModel model, Taxonomy taxonomy) {
        return taxonomy.allowUnmatched() && model.calibration().isPresent() ? 0.5 : 0;
    }

    private static void requireSameCategories(Taxonomy learned, Taxonomy asked) {
        Set<String> missing = new TreeSet<>(asked.names());
        missing.removeAll(learned.nameSet());
        Set<String> superfluous = new TreeSet<>(learned.names());
        superfluous.removeAll(asked.nameSet());
        if (!missing.isEmpty() || !superfluous.isEmpty()) {
            throw new ConfigurationException("the model was trained for other categories"
                    + (missing.isEmpty() ? "" : "; it does not know: " + named(missing))
                    + (superfluous.isEmpty() ? "" : "; the categories lack: " + named(superfluous))
                    + "; use the categories that it was trained for, or train it again");
        }
    }

    /** There may be thousands. */
    private static String named(Set<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
    }

    @Override
    public List<Outcome> categorize(List<Item> items) {
        Predictor predictor = new Predictor(model);
        List<Outcome> outcomes = new ArrayList<>(items.size());
        for (Item item : items) {
            outcomes.add(outcome(predictor.predict(item.text())));
        }
        return outcomes;
    }

    private Outcome outcome(Prediction prediction) {
        boolean sure = prediction.known() && prediction.confidence().orElse(1) >= minConfidence;
        if (!sure && allowUnmatched) {
            return Outcome.unmatched(SOURCE);
        }
        return new Outcome.Categorized(prediction.category(), prediction.confidence(), SOURCE);
    }

    @Override
    public boolean isFree() {
        return true;
    }

    @Override
    public Map<String, String> fingerprint() {
        return Map.of(
                "categorizer",
                SOURCE,
                "local.method",
                "model",
                "local.model",
                digest,
                "local.threshold",
                Double.toString(minConfidence));
    }
}

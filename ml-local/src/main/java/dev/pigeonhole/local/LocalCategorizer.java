package dev.pigeonhole.local;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The categorizer that needs no key and no network. Compares a text's words and pieces of words with what the taxonomy says of each
 * category; where it gives examples, learns from them first, in a fraction of a second for hundreds, in seconds for thousands.
 * Immutable, thread-safe. An answer depends on the taxonomy, the threshold and the text, on nothing else: not on other items,
 * threads, the locale or chance. Works for any script, without word lists.
 *
 * <p>A text is {@link Outcome.Unmatched} if it has no more in common with any category than gibberish has, if the two best
 * categories fit equally well, or if the confidence is below the threshold. A taxonomy that wants a category for every row gets the
 * best one there is, with its low confidence.
 *
 * <p>Confidence is a softmax of the scores, sharpened by a factor measured on one data set (Banking77): good for ranking and roughly
 * right; it is not calibrated to the user's own data. Empty if there is but one category.
 */
public final class LocalCategorizer implements Categorizer {
    private static final String SOURCE = "local";
    /** Raise it when answers change. */
    private static final String VERSION = "1";
    /**
     * Cosine to the nearest category that says something. On Banking77, gibberish and other languages stay below 0.07, and 0.1 % of
     * the true questions are below 0.12 with five examples a category, 1 % below 0.08 with names alone.
     */
    private static final float MIN_SIMILARITY = 0.08f;

    /** Nearer to each other than this, relatively, two probabilities are a tie. */
    private static final float TIE = 1e-4f;

    private final Taxonomy taxonomy;
    private final double threshold;
    private final Vectorizer vectorizer;
    private final DeclaredWords declared;
    private final Centroids centroids;
    private final Scorer scorer;

    private LocalCategorizer(Taxonomy taxonomy, double threshold) {
        Lesson lesson = Lesson.of(taxonomy);
        this.taxonomy = taxonomy;
        this.threshold = threshold;
        this.vectorizer = Vectorizer.fit(lesson.texts());
        this.declared = DeclaredWords.of(taxonomy, vectorizer);
        Samples samples = Samples.of(lesson, vectorizer, taxonomy.categories().size());
        this.centroids = Centroids.of(samples);
        boolean examples = taxonomy.categories().stream()
                .anyMatch(category -> !category.examples().isEmpty());
        this.scorer = examples && LogisticTrainer.canTrain(samples) ? LogisticTrainer.train(samples) : centroids;
    }

    /** A categorizer that gives every category it finds, however low the confidence. Trains before it returns. */
    public static LocalCategorizer of(Taxonomy taxonomy) {
        return of(taxonomy, 0);
    }

    /**
     * A categorizer that gives no category with less confidence than the threshold, unless the taxonomy wants one for every row.
     * Trains before it returns.
     *
     * @param threshold from 0 to 1
     */
    public static LocalCategorizer of(Taxonomy taxonomy, double threshold) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold must be from 0 to 1, was " + threshold);
        }
        return new LocalCategorizer(taxonomy, threshold);
    }

    @Override
    public List<Outcome> categorize(List<Item> items) {
        return items.stream().map(item -> categorize(item.text())).toList();
    }

    private Outcome categorize(String text) {
        SparseVector vector = vectorizer.vector(text);
        float[] probabilities = Probabilities.of(scorer.scores(vector), scorer.sharpness());
        int best = best(probabilities);
        boolean sure = isConfident(probabilities, best) && !isTie(probabilities, best) && isNear(vector);
        if (!sure && taxonomy.allowUnmatched()) {
            return Outcome.unmatched(SOURCE);
        }
        String name = taxonomy.categories().get(best).name();
        return new Outcome.Categorized(name, confidence(probabilities, best), SOURCE);
    }

    private boolean isNear(SparseVector vector) {
        if (declared.anyIn(vector)) {
            return true;
        }
        float[] similarities = centroids.scores(vector);
        return similarities[best(similarities)] >= MIN_SIMILARITY;
    }

    private boolean isConfident(float[] probabilities, int best) {
        return confidence(probabilities, best).orElse(1) >= threshold;
    }

    private static boolean isTie(float[] probabilities, int best) {
        float limit = probabilities[best] * (1 - TIE);
        for (int i = 0; i < probabilities.length; i++) {
            if (i != best && probabilities[i] >= limit) {
                return true;
            }
        }
        return false;
    }

    private static OptionalDouble confidence(float[] probabilities, int best) {
        return probabilities.length == 1 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, probabilities[best]));
    }

    /** The first of the highest. */
    private static int best(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public boolean isFree() {
        return true;
    }

    /** There is no seed in it: nothing is drawn at random. */
    @Override
    public Map<String, String> fingerprint() {
        return Map.of(
                "categorizer",
                SOURCE,
                "local.version",
                VERSION,
                "local.method",
                scorer.method(),
                "local.threshold",
                Double.toString(threshold));
    }
}

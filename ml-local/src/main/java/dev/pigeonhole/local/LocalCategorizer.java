package dev.pigeonhole.local;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The categorizer that needs no key and no network. Compares a text's words and pieces of words with what the taxonomy says of each
 * category; where it gives examples, learns from them first, in a fraction of a second for hundreds, in seconds for thousands. May
 * learn from texts of the input too ("self-training"), which helps much where there are few examples or none. Immutable, thread-safe.
 * An answer depends on the taxonomy, the threshold, the texts that were learned from and the text, on nothing else: not on other
 * items, threads, the locale or chance. Works for any script, without word lists.
 *
 * <p>A text is {@link Outcome.Unmatched} if it has no more in common with any category than gibberish has, if the two best
 * categories fit equally well, or if the confidence is below the threshold. A taxonomy that wants a category for every row gets the
 * best one there is, with its low confidence.
 *
 * <p>Confidence is a softmax of the scores, sharpened by a factor measured on one data set (Banking77): good for ranking and roughly
 * right; it is not calibrated to the user's own data. Empty if there is but one category.
 */
public final class LocalCategorizer implements Categorizer {
    /**
     * More texts of the input are not looked at: beyond, the accuracy on Banking77 hardly rises, and the time does.
     */
    static final int MOST_INPUT = 2_000;

    private static final String SOURCE = "local";
    /** Raise it when answers change. */
    private static final String VERSION = "2";
    /** Nearer to each other than this, relatively, two probabilities are a tie. */
    private static final float TIE = 1e-4f;

    private final Taxonomy taxonomy;
    private final double threshold;
    private final Learned learned;
    private final String inputDigest;

    private LocalCategorizer(Taxonomy taxonomy, double threshold, List<String> input) {
        this.taxonomy = taxonomy;
        this.threshold = threshold;
        this.learned = Learned.of(taxonomy, List.of(), input);
        this.inputDigest = input.isEmpty() ? "" : digest(input);
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
        return of(taxonomy, threshold, List.of());
    }

    /**
     * A categorizer that learns from texts of the input too, without being told their categories ("self-training"). Other texts, other
     * answers. Trains before it returns: with {@value #MOST_INPUT} short texts, 20 categories and some examples about a second.
     *
     * @param threshold from 0 to 1
     * @param input texts like those that it will be asked about, drawn at random; empty to do without
     */
    public static LocalCategorizer of(Taxonomy taxonomy, double threshold, List<String> input) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold must be from 0 to 1, was " + threshold);
        }
        return new LocalCategorizer(taxonomy, threshold, input);
    }

    /**
     * A categorizer that answers by a trained model. Where the taxonomy allows unmatched rows and the model knows how sure it is, an
     * answer needs a confidence of 0.5: with less it is more likely wrong than right.
     *
     * @throws ConfigurationException the taxonomy has not exactly the categories that the model was trained for
     */
    public static Categorizer of(LocalModel model, Taxonomy taxonomy) {
        return of(model, taxonomy, ModelCategorizer.defaultMinConfidence(model, taxonomy));
    }

    /**
     * A categorizer that answers by a trained model. A text is {@link Outcome.Unmatched} if the taxonomy allows it and nothing of the
     * text was ever seen, or the confidence is less than asked for.
     *
     * @param minConfidence from 0 to 1
     * @throws ConfigurationException the taxonomy has not exactly the categories that the model was trained for, or a least confidence
     *     above 0 was asked of a model that knows none
     */
    public static Categorizer of(LocalModel model, Taxonomy taxonomy, double minConfidence) {
        return new ModelCategorizer(model, taxonomy, minConfidence);
    }

    @Override
    public List<Outcome> categorize(List<Item> items) {
        Learned.Asking asking = learned.asking();
        return items.stream().map(item -> categorize(asking.about(item.text()))).toList();
    }

    private Outcome categorize(Learned.Question question) {
        float[] probabilities = question.probabilities();
        int best = best(probabilities);
        boolean sure = isConfident(probabilities, best) && !isTie(probabilities, best) && question.isNear();
        if (!sure && taxonomy.allowUnmatched()) {
            return Outcome.unmatched(SOURCE);
        }
        String name = taxonomy.categories().get(best).name();
        return new Outcome.Categorized(name, confidence(probabilities, best), SOURCE);
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
        Map<String, String> fingerprint = new TreeMap<>(Map.of(
                "categorizer",
                SOURCE,
                "local.version",
                VERSION,
                "local.method",
                learned.method(),
                "local.threshold",
                Double.toString(threshold),
                "local.self-training",
                inputDigest.isEmpty() ? "off" : "on"));
        if (!inputDigest.isEmpty()) {
            fingerprint.put("local.self-training.texts", inputDigest);
        }
        return fingerprint;
    }

    private static String digest(List<String> texts) {
        MessageDigest digest = Digest.start();
        for (String text : texts) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return Digest.hex(digest);
    }
}

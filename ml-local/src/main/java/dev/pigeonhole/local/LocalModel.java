package dev.pigeonhole.local;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.local.features.Features;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A classifier that has learned from labelled texts: a weight for each word, pair of words and piece of a word, and each category.
 * Immutable, thread-safe. An answer depends on the model and the text alone.
 *
 * <p>It knows how sure it is if it was trained on at least 100 different texts of categories with at least two texts each: then the
 * rows are cut in parts, each part is answered by a model that was trained on the others, and from those answers comes the probability
 * that an answer is right. With fewer rows there is no confidence worth the name, and none is given.
 */
public final class LocalModel {
    private static final int BLOCK_BYTES = 1 << 16;

    private final Taxonomy taxonomy;
    private final List<String> labels;
    private final Features features;
    private final LinearWeights weights;
    private final Optional<Platt> calibration;
    private final ModelCard card;

    /**
     * A model of its parts, as the accessors gave them.
     *
     * @param labels the categories that can be answered, in the order of the weights; at least two, each of the taxonomy
     * @param weights for {@code features.size()} features and {@code labels.size()} labels, all finite
     * @throws IllegalArgumentException the parts do not fit together
     */
    LocalModel(
            Taxonomy taxonomy,
            List<String> labels,
            Features features,
            LinearWeights weights,
            Optional<Platt> calibration,
            ModelCard card) {
        this.taxonomy = taxonomy;
        this.labels = List.copyOf(labels);
        this.features = features;
        this.weights = weights;
        this.calibration = calibration;
        this.card = card;
        requireLabels();
        if (weights.labels() != labels.size() || weights.features() != features.size()) {
            throw new IllegalArgumentException("expected weights for " + labels.size() + " labels and "
                    + features.size() + " features, found " + weights.labels() + " and " + weights.features());
        }
        requireFinite(weights.weights());
        requireFinite(weights.biases());
        if (card.features() != features.size()
                || !List.copyOf(card.rowsPerCategory().keySet()).equals(taxonomy.names())) {
            throw new IllegalArgumentException("the card is of another model");
        }
    }

    private void requireLabels() {
        if (labels.size() < 2 || new HashSet<>(labels).size() < labels.size()) {
            throw new IllegalArgumentException("expected at least two different labels, found " + labels);
        }
        if (!taxonomy.nameSet().containsAll(labels)) {
            throw new IllegalArgumentException("a label is not in the taxonomy");
        }
    }

    private static void requireFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("a weight is " + value);
            }
        }
    }

    /**
     * Learns. Blocks until done: seconds for ten thousand short texts, minutes for millions.
     *
     * @param taxonomy what it says of a category is learned from too where there are few examples
     * @param examples read once, in order; blank texts are passed over; of a text longer than 16,384 characters, the beginning is read
     * @throws ConfigurationException examples have a category that is not in the taxonomy
     * @throws InputException the examples are all of one category, or there are none
     */
    public static LocalModel train(Taxonomy taxonomy, Iterable<LabelledText> examples, TrainingSettings settings) {
        return ModelTraining.of(taxonomy, examples, settings).run();
    }

    /**
     * Reads a file that {@link #save} wrote, or that an older version wrote.
     *
     * @throws ConfigurationException it is not there, is no model file, is damaged, or is of a newer version
     * @throws dev.pigeonhole.core.StorageException reading fails
     */
    public static LocalModel load(Path file) {
        return ModelCodec.load(file);
    }

    /**
     * Writes a model file, whole or not at all, in place of one that is there; for its owner only, since it holds
     * what the categories say.
     *
     * @throws dev.pigeonhole.core.StorageException it cannot be written
     */
    public void save(Path file) {
        ModelCodec.save(this, file);
    }

    /** What was learned to tell apart. */
    public Taxonomy taxonomy() {
        return taxonomy;
    }

    public ModelCard card() {
        return card;
    }

    /** The category that fits best. */
    public Prediction predict(String text) {
        return new Predictor(this).predict(text);
    }

    /** The category that fits each text best, in the order of the texts; faster than one by one. */
    public List<Prediction> predict(List<String> texts) {
        Predictor predictor = new Predictor(this);
        return texts.stream().map(predictor::predict).toList();
    }

    /**
     * The least confidence with which at least this share of the answers is right, as far as can be promised.
     *
     * @param precision above 0, at most 1
     * @return empty if no such promise can be made
     */
    public OptionalDouble minConfidenceFor(double precision) {
        if (!(precision > 0 && precision <= 1)) {
            throw new IllegalArgumentException("precision must be above 0 and at most 1, was " + precision);
        }
        return card.promises().stream()
                .filter(promise -> promise.precision() >= precision)
                .mapToDouble(PrecisionPromise::minConfidence)
                .findFirst();
    }

    /** SHA-256 of all that an answer depends on. Reads the whole model. */
    String digest() {
        MessageDigest digest = Digest.start();
        digest.update(String.join("\n", labels).getBytes(StandardCharsets.UTF_8));
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        for (long key : features.keys()) {
            flushIfFull(block, digest).putLong(key);
        }
        for (float[] values : List.of(features.rarities(), weights.weights(), weights.biases())) {
            for (float value : values) {
                flushIfFull(block, digest).putFloat(value);
            }
        }
        calibration.ifPresent(platt -> {
            flushIfFull(block, digest).putDouble(platt.slope());
            flushIfFull(block, digest).putDouble(platt.offset());
        });
        digest.update(block.flip());
        return Digest.hex(digest);
    }

    private static ByteBuffer flushIfFull(ByteBuffer block, MessageDigest digest) {
        if (block.remaining() < Long.BYTES) {
            digest.update(block.flip());
            block.clear();
        }
        return block;
    }

    List<String> labels() {
        return labels;
    }

    Features features() {
        return features;
    }

    LinearWeights weights() {
        return weights;
    }

    /** Empty if there were too few rows to find it. */
    Optional<Platt> calibration() {
        return calibration;
    }
}

package dev.pigeonhole.local;

import dev.pigeonhole.local.features.FeatureReader;
import dev.pigeonhole.local.features.Features;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns texts into vectors: words and pieces of words, each kind with half of the say. Immutable, thread-safe.
 *
 * <p>A text's vector has length 1 counting the features that are not known; they are as rare as can be and weigh most. So a text that
 * is mostly unknown has a short vector, weak scores and a low confidence.
 */
final class Vectorizer {
    private final Features features;
    private final float unknownRarity;

    private Vectorizer(Features features, int texts) {
        this.features = features;
        this.unknownRarity = (float) (1 + StrictMath.log(1.0 + texts));
    }

    /**
     * Learns what is rare.
     *
     * @param lesson all features of these are known
     * @param input of these, features that one text alone has are not worth knowing
     */
    static Vectorizer fit(List<String> lesson, List<String> input) {
        List<String> texts = new ArrayList<>(lesson);
        texts.addAll(input);
        if (!input.isEmpty()) {
            texts.addAll(lesson); // A second time: so none of theirs is one that one text alone has.
        }
        return new Vectorizer(Features.learn(texts, input.isEmpty() ? 1 : 2, Features.MAX_SIZE), texts.size());
    }

    /** How many features are known; they are numbered from 0. */
    int features() {
        return features.size();
    }

    /** Whether a feature is a word or a pair of words, not a piece of a word. */
    boolean isWord(int feature) {
        return features.isWord(feature);
    }

    /** Turns one text after the other into a vector; for one thread. */
    Reading reading() {
        return new Reading(new FeatureReader(features, unknownRarity));
    }

    SparseVector vector(String text) {
        return reading().vector(text);
    }

    List<SparseVector> vectors(List<String> texts) {
        Reading reading = reading();
        return texts.stream().map(reading::vector).toList();
    }

    /** A buffer to use again; not thread-safe. */
    static final class Reading {
        private static final float HALF = (float) Math.sqrt(0.5);

        private final FeatureReader reader;

        private Reading(FeatureReader reader) {
            this.reader = reader;
        }

        /** At most of length 1. */
        SparseVector vector(String text) {
            reader.read(text);
            float[] weights = reader.copyWeights();
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= HALF;
            }
            return new SparseVector(reader.copyFeatures(), weights);
        }
    }
}

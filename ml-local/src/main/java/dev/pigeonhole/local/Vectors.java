package dev.pigeonhole.local;

import dev.pigeonhole.local.features.FeatureReader;
import dev.pigeonhole.local.features.Features;
import java.util.List;

/** Labelled texts as vectors. Not changed any more once made; the arrays are not copied, as they are large. */
final class Vectors {
    private final int[][] features;
    private final float[][] weights;
    private final int[] labels;
    private final int featureCount;
    private final int labelCount;

    private Vectors(int[][] features, float[][] weights, int[] labels, int featureCount, int labelCount) {
        this.features = features;
        this.weights = weights;
        this.labels = labels;
        this.featureCount = featureCount;
        this.labelCount = labelCount;
    }

    /** Of each text, in the order of {@link FeatureReader}. */
    int[][] features() {
        return features;
    }

    /** Of each text, in the order of its features. */
    float[][] weights() {
        return weights;
    }

    /** Of each text, from 0. */
    int[] labels() {
        return labels;
    }

    int featureCount() {
        return featureCount;
    }

    int labelCount() {
        return labelCount;
    }

    static Vectors of(Features known, List<String> texts, int[] labels, int labelCount) {
        FeatureReader reader = new FeatureReader(known);
        int[][] features = new int[texts.size()][];
        float[][] weights = new float[texts.size()][];
        for (int i = 0; i < features.length; i++) {
            reader.read(texts.get(i));
            features[i] = reader.copyFeatures();
            weights[i] = reader.copyWeights();
        }
        return new Vectors(features, weights, labels, known.size(), labelCount);
    }

    int size() {
        return labels.length;
    }

    /** How well each label fits a text. */
    float[] scores(int text, LinearWeights by) {
        float[] scores = by.biases().clone();
        for (int i = 0; i < features[text].length; i++) {
            int row = features[text][i] * labelCount;
            float weight = weights[text][i];
            for (int c = 0; c < labelCount; c++) {
                scores[c] += weight * by.weights()[row + c];
            }
        }
        return scores;
    }
}

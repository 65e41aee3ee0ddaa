package dev.pigeonhole.local;

import dev.pigeonhole.local.features.FeatureReader;

/**
 * A weight per feature and label, and one per label alone. Immutable as long as nobody changes the arrays, which are not copied: they
 * are large.
 */
final class LinearWeights {
    private final int labels;
    private final float[] weights;
    private final float[] biases;

    /**
     * @param labels how many; at least 1
     * @param weights those of a feature lie side by side
     * @param biases one per label
     * @throws IllegalArgumentException the lengths do not fit together
     */
    LinearWeights(int labels, float[] weights, float[] biases) {
        if (labels < 1 || biases.length != labels || weights.length % labels != 0) {
            throw new IllegalArgumentException("expected " + labels + " biases and a multiple of it of weights, found "
                    + biases.length + " and " + weights.length);
        }
        this.labels = labels;
        this.weights = weights;
        this.biases = biases;
    }

    int labels() {
        return labels;
    }

    float[] weights() {
        return weights;
    }

    float[] biases() {
        return biases;
    }

    int features() {
        return weights.length / labels;
    }

    /** How well each label fits the text. Four features at a time, so that the sums are fetched and stored less often. */
    void score(FeatureReader text, float[] scores) {
        System.arraycopy(biases, 0, scores, 0, labels);
        int place = 0;
        for (; place + 4 <= text.size(); place += 4) {
            addFour(text, place, scores);
        }
        for (; place < text.size(); place++) {
            addOne(text.feature(place) * labels, text.weight(place), scores);
        }
    }

    private void addFour(FeatureReader text, int place, float[] scores) {
        float[] w = weights;
        int row0 = text.feature(place) * labels;
        int row1 = text.feature(place + 1) * labels;
        int row2 = text.feature(place + 2) * labels;
        int row3 = text.feature(place + 3) * labels;
        float x0 = text.weight(place);
        float x1 = text.weight(place + 1);
        float x2 = text.weight(place + 2);
        float x3 = text.weight(place + 3);
        for (int c = 0; c < labels; c++) {
            scores[c] += x0 * w[row0 + c] + x1 * w[row1 + c] + x2 * w[row2 + c] + x3 * w[row3 + c];
        }
    }

    private void addOne(int row, float factor, float[] scores) {
        for (int c = 0; c < labels; c++) {
            scores[c] += factor * weights[row + c];
        }
    }

    /** The first of the highest. */
    static int best(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    /** How far the best is ahead of the second; at least two scores. */
    static float margin(float[] scores, int best) {
        float second = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            if (i != best) {
                second = Math.max(second, scores[i]);
            }
        }
        return scores[best] - second;
    }
}

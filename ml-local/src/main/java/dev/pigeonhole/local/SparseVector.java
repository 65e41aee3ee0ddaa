package dev.pigeonhole.local;

/** The features of a text that are known, each once, with their weights, which are positive. Immutable. */
final class SparseVector {
    private final int[] features;
    private final float[] weights;

    /** Keeps the arrays, which must not be changed any more. */
    SparseVector(int[] features, float[] weights) {
        this.features = features;
        this.weights = weights;
    }

    int size() {
        return features.length;
    }

    int feature(int place) {
        return features[place];
    }

    float weight(int place) {
        return weights[place];
    }

    /** Adds the weights, times the factor, to a value per feature. */
    void addTo(float[] values, float factor) {
        for (int i = 0; i < features.length; i++) {
            values[features[i]] += factor * weights[i];
        }
    }

    /** The sum of weight times value, over a value per feature. */
    double dot(float[] values) {
        double sum = 0;
        for (int i = 0; i < features.length; i++) {
            sum += (double) weights[i] * values[features[i]];
        }
        return sum;
    }
}

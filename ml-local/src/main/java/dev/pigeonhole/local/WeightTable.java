package dev.pigeonhole.local;

/** A number per feature and category; those of a feature lie side by side, so that the loops over categories run on vector units. */
final class WeightTable {
    private final int categories;
    private final float[] weights;

    WeightTable(int features, int categories) {
        this(categories, new float[Math.multiplyExact(features, categories)]);
    }

    private WeightTable(int categories, float[] weights) {
        this.categories = categories;
        this.weights = weights;
    }

    WeightTable copy() {
        return new WeightTable(categories, weights.clone());
    }

    int categories() {
        return categories;
    }

    /** The numbers themselves, not a copy. */
    float[] values() {
        return weights;
    }

    /**
     * Adds to each category's score what the text's features give it. Eight categories at a time, summed in registers: written row by
     * row, the loop would store every partial sum, as the compiler cannot tell that the arrays differ.
     */
    void addScores(SparseVector text, float[] scores) {
        int category = 0;
        for (; category + 8 <= categories; category += 8) {
            addEightScores(text, scores, category);
        }
        for (; category < categories; category++) {
            for (int i = 0; i < text.size(); i++) {
                scores[category] += text.weight(i) * weights[text.feature(i) * categories + category];
            }
        }
    }

    private void addEightScores(SparseVector text, float[] scores, int c) {
        float s0 = scores[c];
        float s1 = scores[c + 1];
        float s2 = scores[c + 2];
        float s3 = scores[c + 3];
        float s4 = scores[c + 4];
        float s5 = scores[c + 5];
        float s6 = scores[c + 6];
        float s7 = scores[c + 7];
        for (int i = 0; i < text.size(); i++) {
            int w = text.feature(i) * categories + c;
            float factor = text.weight(i);
            s0 += factor * weights[w];
            s1 += factor * weights[w + 1];
            s2 += factor * weights[w + 2];
            s3 += factor * weights[w + 3];
            s4 += factor * weights[w + 4];
            s5 += factor * weights[w + 5];
            s6 += factor * weights[w + 6];
            s7 += factor * weights[w + 7];
        }
        scores[c] = s0;
        scores[c + 1] = s1;
        scores[c + 2] = s2;
        scores[c + 3] = s3;
        scores[c + 4] = s4;
        scores[c + 5] = s5;
        scores[c + 6] = s6;
        scores[c + 7] = s7;
    }

    /** Adds the product of each feature's weight in the text and each category's value. */
    void addProducts(SparseVector text, float[] values) {
        for (int i = 0; i < text.size(); i++) {
            addToRow(text.feature(i) * categories, text.weight(i), values);
        }
    }

    private void addToRow(int row, float factor, float[] values) {
        for (int c = 0; c < values.length; c++) {
            weights[row + c] += factor * values[c];
        }
    }

    /** Adds the text's weights, times the factor, to the numbers of one category. */
    void add(SparseVector text, int category, float factor) {
        for (int i = 0; i < text.size(); i++) {
            weights[text.feature(i) * categories + category] += factor * text.weight(i);
        }
    }

    /** Adds the other table times the factor. */
    void add(WeightTable other, float factor) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] += factor * other.weights[i];
        }
    }

    /** Brings the numbers of each category to length 1, where they are not all 0. */
    void normalize() {
        float[] squares = new float[categories];
        for (int row = 0; row < weights.length; row += categories) {
            for (int c = 0; c < categories; c++) {
                squares[c] += weights[row + c] * weights[row + c];
            }
        }
        float[] scales = new float[categories];
        for (int c = 0; c < categories; c++) {
            scales[c] = squares[c] > 0 ? (float) (1 / Math.sqrt(squares[c])) : 0;
        }
        for (int row = 0; row < weights.length; row += categories) {
            for (int c = 0; c < categories; c++) {
                weights[row + c] *= scales[c];
            }
        }
    }

    /** Sets each number to that of the other table times the factor. */
    void setScaled(WeightTable other, float factor) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = factor * other.weights[i];
        }
    }

    /** Goes from the ahead point down the slope, and sets the ahead point beyond, in the direction of this step. */
    void descend(WeightTable ahead, WeightTable slope, float step, float momentum) {
        for (int i = 0; i < weights.length; i++) {
            float next = ahead.weights[i] - step * slope.weights[i];
            ahead.weights[i] = next + momentum * (next - weights[i]);
            weights[i] = next;
        }
    }
}

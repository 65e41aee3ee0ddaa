package dev.pigeonhole.local;

/**
 * A weight per feature and category. Immutable.
 *
 * @param method how they were found
 */
record Linear(WeightTable weights, float sharpness, String method) implements Scorer {
    @Override
    public float[] scores(SparseVector text) {
        float[] scores = new float[weights.categories()];
        weights.addScores(text, scores);
        return scores;
    }
}

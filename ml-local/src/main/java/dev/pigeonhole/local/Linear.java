package dev.pigeonhole.local;

/** A weight per feature and category, as {@link LogisticTrainer} finds them. */
final class Linear implements Scorer {
    /** Measured on Banking77 with 3 to 10 examples a category: expected calibration error 0.03 to 0.06, with one 0.14. */
    private static final float SHARPNESS = 2;

    private final WeightTable weights;

    Linear(WeightTable weights) {
        this.weights = weights;
    }

    @Override
    public float[] scores(SparseVector text) {
        float[] scores = new float[weights.categories()];
        weights.addScores(text, scores);
        return scores;
    }

    @Override
    public float sharpness() {
        return SHARPNESS;
    }

    @Override
    public String method() {
        return "logistic";
    }
}

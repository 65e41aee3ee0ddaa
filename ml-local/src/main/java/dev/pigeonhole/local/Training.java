package dev.pigeonhole.local;

import java.util.List;

/** Chooses how to learn from what there is. */
record Training(Samples samples, Centroids centroids, boolean examples) {
    /** All measured on Banking77; see docs/performance.md. */
    private static final float SHARPNESS = 2.4f;

    private static final float SELF_TRAINED_SHARPNESS = 1.2f;
    private static final float MEANS_SHARPNESS = 20;

    /** @param input texts to train itself with; may be empty */
    Scorer on(List<SparseVector> input) {
        boolean canTrain = LogisticTrainer.canTrain(samples);
        if (!canTrain || (!examples && input.isEmpty())) {
            return centroids;
        }
        SelfTraining self = new SelfTraining(samples, input);
        if (!examples) {
            return new Linear(self.means(), MEANS_SHARPNESS, "means");
        }
        WeightTable first = LogisticTrainer.train(samples);
        return input.isEmpty()
                ? new Linear(first, SHARPNESS, "logistic")
                : new Linear(self.train(first), SELF_TRAINED_SHARPNESS, "logistic");
    }
}

package dev.pigeonhole.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Multinomial logistic regression by {@link LogisticTrainer}: better than a support vector machine where there are few texts. */
final class RegressionTrainer implements LinearTrainer {
    /** Brings vectors of two parts of length 1 each to the length 1 that the other side was tuned for. */
    private static final float HALF = (float) Math.sqrt(0.5);

    private final Vectors vectors;

    RegressionTrainer(Vectors vectors) {
        this.vectors = vectors;
    }

    static boolean canTrain(Vectors vectors) {
        return LogisticTrainer.canTrain(new RegressionTrainer(vectors).samples(all(vectors.size())));
    }

    private static int[] all(int size) {
        int[] all = new int[size];
        Arrays.setAll(all, i -> i);
        return all;
    }

    @Override
    public LinearWeights train(int[] texts) {
        float[] weights = LogisticTrainer.train(samples(texts)).values();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= HALF;
        }
        return new LinearWeights(vectors.labelCount(), weights, new float[vectors.labelCount()]);
    }

    private Samples samples(int[] texts) {
        List<SparseVector> samples = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int text : texts) {
            float[] weights = vectors.weights()[text].clone();
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= HALF;
            }
            samples.add(new SparseVector(vectors.features()[text], weights));
            labels.add(vectors.labels()[text]);
        }
        return new Samples(samples, labels, vectors.featureCount(), vectors.labelCount());
    }

    @Override
    public String method() {
        return "logistic";
    }
}

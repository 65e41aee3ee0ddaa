package dev.pigeonhole.local;

import java.util.Arrays;
import java.util.Random;

/**
 * Support vector machines, one per label against all others, as {@link SvmTrainer} finds them, but a few rounds only and all labels
 * together: a text's features are fetched once for all labels. With 77 labels that takes a fifth of the time, and the answers are as
 * good; with two labels it gains nothing. Draws the order of the texts by the seed; one thread.
 *
 * <p>Dual coordinate descent for the squared hinge loss (Hsieh, Chang, Lin, Keerthi and Sundararajan, "A dual coordinate descent method
 * for large-scale linear SVM", 2008), without shrinking.
 */
final class QuickSvmTrainer implements LinearTrainer {
    /** Measured on Banking77: four are worse, ten are no better. */
    private static final int ROUNDS = 6;

    private static final float BIAS = 1;

    private final Vectors vectors;
    private final long seed;
    /** Half the inverse of the cost: what squaring the hinge loss adds to the diagonal. */
    private final float ridge;

    QuickSvmTrainer(Vectors vectors, TrainingSettings settings) {
        this.vectors = vectors;
        this.seed = settings.seed();
        this.ridge = (float) (0.5 / settings.cost());
    }

    @Override
    public LinearWeights train(int[] texts) {
        int labels = vectors.labelCount();
        float[] weights = new float[Math.multiplyExact(vectors.featureCount(), labels)];
        LinearWeights found = new LinearWeights(labels, weights, new float[labels]);
        float[][] shares = new float[texts.length][labels];
        int[] order = new int[texts.length];
        Arrays.setAll(order, i -> i);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            shuffle(order, random);
            for (int i : order) {
                learn(texts[i], shares[i], found);
            }
        }
        return found;
    }

    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
    }

    /** @param shares how much the text has had to say for or against each label so far */
    private void learn(int text, float[] shares, LinearWeights at) {
        int[] features = vectors.features()[text];
        float[] weights = vectors.weights()[text];
        float[] scores = at.biases().clone();
        addScores(at.weights(), features, weights, scores);
        improve(scores, shares, vectors.labels()[text], 1 / (length(text) + ridge));
        float[] biases = at.biases();
        for (int c = 0; c < biases.length; c++) {
            biases[c] += BIAS * scores[c];
        }
        for (int i = 0; i < features.length; i++) {
            addToRow(at.weights(), features[i] * scores.length, weights[i], scores);
        }
    }

    /** Four features at a time: the quick compiler makes it three times as fast. */
    private static void addScores(float[] table, int[] features, float[] weights, float[] scores) {
        int labels = scores.length;
        int place = 0;
        for (; place + 4 <= features.length; place += 4) {
            int row0 = features[place] * labels;
            int row1 = features[place + 1] * labels;
            int row2 = features[place + 2] * labels;
            int row3 = features[place + 3] * labels;
            float x0 = weights[place];
            float x1 = weights[place + 1];
            float x2 = weights[place + 2];
            float x3 = weights[place + 3];
            for (int c = 0; c < labels; c++) {
                scores[c] += x0 * table[row0 + c] + x1 * table[row1 + c] + x2 * table[row2 + c] + x3 * table[row3 + c];
            }
        }
        for (; place < features.length; place++) {
            add(scores, table, features[place] * labels, weights[place]);
        }
    }

    private static void add(float[] scores, float[] table, int row, float factor) {
        for (int c = 0; c < scores.length; c++) {
            scores[c] += factor * table[row + c];
        }
    }

    private float length(int text) {
        float squares = BIAS * BIAS;
        for (float weight : vectors.weights()[text]) {
            squares += weight * weight;
        }
        return squares;
    }

    /** Replaces the scores by what to add to them. First as if the text had none of the labels, so that the loop has no branches. */
    private void improve(float[] scores, float[] shares, int label, float step) {
        float ownScore = scores[label];
        float ownShare = shares[label];
        for (int c = 0; c < scores.length; c++) {
            float slope = -scores[c] - 1 + ridge * shares[c];
            float better = Math.max(shares[c] - slope * step, 0);
            scores[c] = shares[c] - better;
            shares[c] = better;
        }
        float slope = ownScore - 1 + ridge * ownShare;
        shares[label] = Math.max(ownShare - slope * step, 0);
        scores[label] = shares[label] - ownShare;
    }

    private static void addToRow(float[] table, int row, float factor, float[] values) {
        for (int c = 0; c < values.length; c++) {
            table[row + c] += factor * values[c];
        }
    }

    @Override
    public String method() {
        return "quick svm";
    }
}

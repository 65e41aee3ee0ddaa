package dev.pigeonhole.local;

import java.util.Arrays;

/**
 * Multinomial logistic regression, by accelerated gradient descent (Nesterov) over all samples for a fixed number of steps. Draws
 * nothing at random, so the same samples give the same weights. Stateless.
 *
 * <p>A category with few texts competes as if it had as many as the others: the logarithm of its size is added to its score while
 * learning and left out when categorizing ("balanced softmax").
 */
final class LogisticTrainer {
    /** Strength of the L2 penalty: the inverse of C. On Banking77 anything from 0.01 to 0.1 gives the same accuracy. */
    private static final float PENALTY = 0.03f;

    private static final int STEPS = 30;
    private static final int BOUND_ROUNDS = 6;
    /** Bounds memory: three tables of this many floats are held while learning. */
    private static final long MAX_WEIGHTS = 8_000_000;
    /** Bounds time: multiplications per step and direction. */
    private static final long MAX_WORK = 200_000_000;

    private final Samples samples;
    private final float[] handicaps;
    private final WeightTable slope;

    private LogisticTrainer(Samples samples) {
        this.samples = samples;
        this.handicaps = new float[samples.categories()];
        int[] sizes = samples.sizes();
        for (int c = 0; c < handicaps.length; c++) {
            handicaps[c] = (float) StrictMath.log(Math.max(1, sizes[c]));
        }
        this.slope = new WeightTable(samples.features(), samples.categories());
    }

    /** Whether training stays within seconds and about 100 MB. */
    static boolean canTrain(Samples samples) {
        return (long) samples.features() * samples.categories() <= MAX_WEIGHTS
                && samples.volume() * samples.categories() <= MAX_WORK;
    }

    static Linear train(Samples samples) {
        return new Linear(new LogisticTrainer(samples).descend());
    }

    private WeightTable descend() {
        WeightTable weights = new WeightTable(samples.features(), samples.categories());
        WeightTable ahead = new WeightTable(samples.features(), samples.categories());
        float step = 1 / steepest();
        double pace = 1;
        for (int i = 0; i < STEPS; i++) {
            double next = (1 + Math.sqrt(1 + 4 * pace * pace)) / 2;
            findSlope(ahead);
            weights.descend(ahead, slope, step, (float) ((pace - 1) / next));
            pace = next;
        }
        return weights;
    }

    private void findSlope(WeightTable at) {
        slope.setScaled(at, PENALTY);
        for (int i = 0; i < samples.size(); i++) {
            float[] errors = handicaps.clone();
            at.addScores(samples.vector(i), errors);
            Probabilities.fromLogits(errors);
            errors[samples.category(i)] -= 1;
            slope.addProducts(samples.vector(i), errors);
        }
    }

    /**
     * A bound on the curvature: half the largest eigenvalue of the matrix of the samples' products. As nothing in it is negative, the
     * largest growth of any entry of any positive vector is never below that eigenvalue (Collatz-Wielandt), and comes near it.
     */
    private float steepest() {
        float[] entries = new float[samples.size()];
        Arrays.fill(entries, 1);
        double growth = 0;
        for (int round = 0; round < BOUND_ROUNDS; round++) {
            growth = multiply(entries);
        }
        return (float) (growth / 2 + PENALTY);
    }

    /** Multiplies by the matrix, scales the result to at most 1, and returns the largest growth of an entry. */
    private double multiply(float[] entries) {
        float[] sum = new float[samples.features()];
        for (int i = 0; i < entries.length; i++) {
            samples.vector(i).addTo(sum, entries[i]);
        }
        double growth = 0;
        for (int i = 0; i < entries.length; i++) {
            if (entries[i] > 0) {
                growth = Math.max(growth, samples.vector(i).dot(sum) / entries[i]);
            }
        }
        for (int i = 0; i < entries.length && growth > 0; i++) {
            entries[i] = (float) (samples.vector(i).dot(sum) / growth);
        }
        return growth;
    }
}

package dev.pigeonhole.local;

import java.util.Arrays;

/**
 * Multinomial logistic regression, by accelerated gradient descent (Nesterov) over all texts for a fixed number of steps. Draws
 * nothing at random, so the same texts give the same weights. Stateless.
 *
 * <p>A category with few texts competes as if it had as many as the others: the logarithm of its size is added to its score while
 * learning and left out when categorizing ("balanced softmax").
 */
final class LogisticTrainer {
    /** Strength of the L2 penalty: the inverse of C. On Banking77 anything from 0.01 to 0.1 gives the same accuracy. */
    private static final float PENALTY = 0.05f;

    private static final int STEPS = 60;
    /** How much a guess counts in the size of a category: with more, even inputs gain and uneven ones lose more. */
    private static final double GUESSED = 0.15;

    private static final int BOUND_ROUNDS = 6;
    /** Bounds memory: three tables of this many floats are held while learning. */
    private static final long MAX_WEIGHTS = 8_000_000;
    /** Bounds time: multiplications per step and direction. */
    private static final long MAX_WORK = 200_000_000;

    private final Samples samples;
    private final Guesses guesses;
    private final float[] importances;
    private final float[] handicaps;
    private final WeightTable slope;

    private LogisticTrainer(Samples samples, Guesses guesses) {
        this.samples = samples;
        this.guesses = guesses;
        this.importances = new float[guesses.size()];
        for (int i = 0; i < importances.length; i++) {
            importances[i] = guesses.importance(i);
        }
        this.handicaps = handicaps();
        this.slope = new WeightTable(samples.features(), samples.categories());
    }

    private float[] handicaps() {
        double[] sizes = new double[samples.categories()];
        samples.labels().forEach(category -> sizes[category]++);
        for (float[] shares : guesses.shares()) {
            for (int c = 0; c < sizes.length; c++) {
                sizes[c] += GUESSED * shares[c];
            }
        }
        float[] logarithms = new float[sizes.length];
        for (int c = 0; c < sizes.length; c++) {
            logarithms[c] = (float) StrictMath.log(Math.max(1, sizes[c]));
        }
        return logarithms;
    }

    /** Whether training stays within seconds and about 100 MB. */
    static boolean canTrain(Samples samples) {
        return fits(samples.features(), samples.categories()) && samples.volume() * samples.categories() <= MAX_WORK;
    }

    /** Whether a weight for each feature and category stays within about 100 MB while learning. */
    static boolean fits(int features, int categories) {
        return (long) features * categories <= MAX_WEIGHTS;
    }

    static WeightTable train(Samples samples) {
        return train(samples, Guesses.NONE, new WeightTable(samples.features(), samples.categories()), STEPS);
    }

    /** @param start goes on from here */
    static WeightTable train(Samples samples, Guesses guesses, WeightTable start, int steps) {
        return new LogisticTrainer(samples, guesses).descend(start.copy(), steps);
    }

    private WeightTable descend(WeightTable weights, int steps) {
        WeightTable ahead = weights.copy();
        float step = 1 / steepest();
        double pace = 1;
        for (int i = 0; i < steps; i++) {
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
            float[] errors = probabilities(at, samples.vector(i));
            errors[samples.category(i)] -= 1;
            slope.addProducts(samples.vector(i), errors);
        }
        for (int i = 0; i < guesses.size(); i++) {
            float[] errors = probabilities(at, guesses.vectors().get(i));
            float[] shares = guesses.shares().get(i);
            for (int c = 0; c < errors.length; c++) {
                errors[c] = importances[i] * errors[c] - shares[c];
            }
            slope.addProducts(guesses.vectors().get(i), errors);
        }
    }

    private float[] probabilities(WeightTable at, SparseVector text) {
        float[] logits = handicaps.clone();
        at.addScores(text, logits);
        Probabilities.fromLogits(logits);
        return logits;
    }

    /**
     * A bound on the curvature: half the largest eigenvalue of the matrix of the texts' products, each times how much the text counts. As
     * nothing in it is negative, the largest growth of any entry of any positive vector is never below that eigenvalue
     * (Collatz-Wielandt), and comes near it.
     */
    private float steepest() {
        float[] entries = new float[samples.size() + guesses.size()];
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
            vector(i).addTo(sum, importance(i) * entries[i]);
        }
        double growth = 0;
        for (int i = 0; i < entries.length; i++) {
            if (entries[i] > 0) {
                growth = Math.max(growth, vector(i).dot(sum) / entries[i]);
            }
        }
        for (int i = 0; i < entries.length && growth > 0; i++) {
            entries[i] = (float) (vector(i).dot(sum) / growth);
        }
        return growth;
    }

    private SparseVector vector(int i) {
        return i < samples.size() ? samples.vector(i) : guesses.vectors().get(i - samples.size());
    }

    private float importance(int i) {
        return i < samples.size() ? 1 : importances[i - samples.size()];
    }
}

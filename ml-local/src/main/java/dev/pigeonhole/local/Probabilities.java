package dev.pigeonhole.local;

/**
 * Turns scores into probabilities: softmax of the scores times a sharpness (the inverse of the usual temperature) that was measured,
 * so that of the answers given with confidence 0.7 about 70 % are right. Stateless.
 */
final class Probabilities {
    /** e to the power of less than this is left out; it is below what a float can add to 1. */
    private static final float NEGLIGIBLE = -20;

    private Probabilities() {}

    static float[] of(float[] scores, float sharpness) {
        float[] probabilities = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            probabilities[i] = scores[i] * sharpness;
        }
        fromLogits(probabilities);
        return probabilities;
    }

    /** Replaces logits by probabilities. StrictMath: the same bits on every machine. */
    static void fromLogits(float[] values) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        float sum = 0;
        for (int i = 0; i < values.length; i++) {
            float below = values[i] - largest;
            values[i] = below < NEGLIGIBLE ? 0 : (float) StrictMath.exp(below);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
    }
}

package dev.pigeonhole.local;

/**
 * How a {@link LocalModel} is trained. Immutable.
 *
 * @param seed what is drawn at random is drawn by it; the same rows, settings and seed give the same model, to the bit
 * @param threads at most so many work at once; changes the time, never the model; at least 1
 * @param folds in so many parts the rows are cut to find out how good the model is: each part is answered by a model that was trained
 *     on the others; from 2 to 20
 * @param cost how much a wrong answer on a training row weighs against simple weights (C of the support vector machine); above 0
 * @param maxCharacters learn from a random part of the rows if their texts have more characters together; at least 1,000. Training
 *     holds about 150 bytes per character.
 */
public record TrainingSettings(long seed, int threads, int folds, double cost, long maxCharacters) {
    private static final long DEFAULT_SEED = 1;
    private static final int DEFAULT_FOLDS = 3;
    /** Measured on Banking77: 0.5 to 1 give the best accuracy. */
    private static final double DEFAULT_COST = 1;
    /** 66 thousand questions like those of Banking77. */
    private static final long DEFAULT_MAX_CHARACTERS = 4_000_000;

    public TrainingSettings {
        require(threads >= 1, "threads must be at least 1, was " + threads);
        require(folds >= 2 && folds <= 20, "folds must be from 2 to 20, was " + folds);
        require(cost > 0 && cost < Double.POSITIVE_INFINITY, "cost must be above 0 and finite, was " + cost);
        require(maxCharacters >= 1_000, "maxCharacters must be at least 1000, was " + maxCharacters);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Seed {@value #DEFAULT_SEED}, as many threads as the machine has cores. */
    public static TrainingSettings defaults() {
        return new TrainingSettings(
                DEFAULT_SEED,
                Runtime.getRuntime().availableProcessors(),
                DEFAULT_FOLDS,
                DEFAULT_COST,
                DEFAULT_MAX_CHARACTERS);
    }

    public TrainingSettings withSeed(long newSeed) {
        return new TrainingSettings(newSeed, threads, folds, cost, maxCharacters);
    }

    public TrainingSettings withThreads(int newThreads) {
        return new TrainingSettings(seed, newThreads, folds, cost, maxCharacters);
    }

    public TrainingSettings withFolds(int newFolds) {
        return new TrainingSettings(seed, threads, newFolds, cost, maxCharacters);
    }

    public TrainingSettings withMaxCharacters(long newMaxCharacters) {
        return new TrainingSettings(seed, threads, folds, cost, newMaxCharacters);
    }
}

package dev.pigeonhole.cascade;

/**
 * How many wrong rows of a random sample still prove that few enough are wrong outside of it. Exact, by the hypergeometric
 * distribution: a sample of a file is drawn without putting back. Stateless.
 *
 * <p>As the number of wrong rows at or above a confidence falls when the confidence rises, one number serves all confidences: the
 * lowest confidence at which the sample has no more wrong rows than this is safe, without a correction for having tried many.
 */
final class Bound {
    private static final double HALF_LOG_TWO_PI = 0.9189385332046728;
    /** From here on the series is exact to the last digits. */
    private static final int LARGE = 32;

    private Bound() {}

    /**
     * The most wrong rows in the sample with which it is certain enough that no more than the allowed are wrong outside of it.
     *
     * @param population rows that the sample was drawn from, the sample included
     * @param sample rows in the sample
     * @param allowed wrong rows outside of the sample that are allowed
     * @param delta chance of error
     * @return -1 if even a sample without wrong rows proves too little; {@code sample} if it proves all
     */
    static long mostWrong(long population, long sample, long allowed, double delta) {
        if (population - sample <= allowed) {
            return sample;
        }
        long most = -1;
        while (most < sample && chance(population, allowed + most + 2, sample, most + 1) <= delta) {
            most++;
        }
        return most;
    }

    /**
     * The most wrong rows that there can be outside of a sample: more are all but impossible.
     *
     * @param population rows that the sample was drawn from, the sample included
     * @param wrong wrong rows in the sample
     */
    static long mostOutside(long population, long sample, long wrong, double delta) {
        long low = 0;
        long high = population - sample;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (chance(population, middle + 1 + wrong, sample, wrong) <= delta) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * The chance that a sample has so many wrong rows or fewer.
     *
     * @param wrong wrong rows in the population
     */
    static double chance(long population, long wrong, long sample, long found) {
        if (wrong > population) {
            return 0;
        }
        double sum = 0;
        for (long x = Math.max(0, sample + wrong - population); x <= Math.min(found, Math.min(sample, wrong)); x++) {
            sum += Math.exp(
                    logChoose(wrong, x) + logChoose(population - wrong, sample - x) - logChoose(population, sample));
        }
        return Math.min(1, sum);
    }

    private static double logChoose(long of, long chosen) {
        return logFactorial(of) - logFactorial(chosen) - logFactorial(of - chosen);
    }

    /** Stirling's series (DLMF 5.11.1); small numbers are multiplied out. */
    private static double logFactorial(long n) {
        if (n < LARGE) {
            double product = 1;
            for (long i = 2; i <= n; i++) {
                product *= i;
            }
            return Math.log(product);
        }
        double x = n + 1.0;
        double square = x * x;
        return (x - 0.5) * Math.log(x)
                - x
                + HALF_LOG_TWO_PI
                + (1 / 12.0 - (1 / 360.0 - 1 / (1260.0 * square)) / square) / x;
    }
}

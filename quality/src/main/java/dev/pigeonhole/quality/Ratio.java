package dev.pigeonhole.quality;

import java.util.OptionalDouble;

/**
 * How many times more was measured than was expected, over some parts of a whole, and what that tells of the whole. Immutable.
 *
 * <p>The ratio is that of the sums. Its standard error is that of the ratio estimator, from how far each part is from the ratio:
 * s² = sum (measured - ratio × expected)² / (n - 1), error = s / (sqrt(n) × mean expected); see W. G. Cochran, "Sampling Techniques"
 * (3rd ed. 1977), section 6.3. The interval is Student's at 95 %, with n - 1 degrees of freedom (Biometrika 6, 1908). It takes the
 * parts for drawn at random from the whole.
 *
 * @param value at least 0
 * @param parts n, at least 1
 * @param half what lies to both sides of {@code value}; empty for one part, which says nothing of the others
 */
public record Ratio(double value, int parts, OptionalDouble half) {
    private static final double LEVEL = 0.95;

    public Ratio {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY) || parts < 1 || half.orElse(0) < 0) {
            throw new IllegalArgumentException("ratio " + value + " of " + parts + " parts, give or take " + half);
        }
    }

    /**
     * Compares part by part.
     *
     * @param expected of each part, greater than 0
     * @param measured of the same parts, at least 0
     * @throws IllegalArgumentException there is no part, or not the same number of both
     */
    public static Ratio of(double[] expected, double[] measured) {
        int n = expected.length;
        if (n == 0 || n != measured.length) {
            throw new IllegalArgumentException(n + " expected, " + measured.length + " measured");
        }
        double allExpected = sum(expected);
        double ratio = sum(measured) / allExpected;
        if (n == 1) {
            return new Ratio(ratio, n, OptionalDouble.empty());
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double residual = measured[i] - ratio * expected[i];
            squares += residual * residual;
        }
        double error = Math.sqrt(squares / (n - 1)) / (Math.sqrt(n) * allExpected / n);
        return new Ratio(ratio, n, OptionalDouble.of(Student.quantile(n - 1, LEVEL) * error));
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** The lower end of the interval, at least 0; empty for one part. */
    public OptionalDouble low() {
        return half.isPresent() ? OptionalDouble.of(Math.max(0, value - half.getAsDouble())) : half;
    }

    /** The upper end of the interval; empty for one part. */
    public OptionalDouble high() {
        return half.isPresent() ? OptionalDouble.of(value + half.getAsDouble()) : half;
    }
}

package dev.pigeonhole.quality;

/** The beta distribution, whose quantiles are the exact bounds of a binomial share. Stateless. */
final class Beta {
    private static final double TINY = 1e-300;
    private static final double PRECISION = 1e-15;
    /** The fraction needs some multiple of the root of the larger parameter; this is enough for 10^12. */
    private static final int MOST_STEPS = 10_000_000;

    /** Coefficients of Stirling's series for the logarithm of the gamma function: B(2k) / (2k (2k-1)). */
    private static final double[] STIRLING = {
        1 / 12.0, -1 / 360.0, 1 / 1260.0, -1 / 1680.0, 1 / 1188.0, -691 / 360360.0, 1 / 156.0
    };
    /** From here on the series is exact to the last digits. */
    private static final double LARGE = 15;

    private Beta() {}

    /**
     * The x at which the distribution function is p, by halving an interval until two neighbouring numbers are left.
     *
     * @param a greater than 0
     * @param b greater than 0
     */
    static double quantile(double a, double b, double p) {
        double low = 0;
        double high = 1;
        while (true) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                return middle;
            }
            if (distribution(a, b, middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    /**
     * The regularized incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22) on the side where that converges
     * fast, with the evaluation of Lentz as modified by Thompson and Barnett (J. Comput. Phys. 64, 1986).
     */
    static double distribution(double a, double b, double x) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        return x < (a + 1) / (a + b + 2) ? tail(a, b, x, 1 - x) : 1 - tail(b, a, 1 - x, x);
    }

    private static double tail(double a, double b, double x, double y) {
        double log = a * Math.log(x) + b * Math.log(y) + logGamma(a + b) - logGamma(a) - logGamma(b);
        return Math.min(1, Math.exp(log) / a * fraction(a, b, x));
    }

    private static double fraction(double a, double b, double x) {
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m <= MOST_STEPS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d);
            c = nonZero(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d);
            c = nonZero(1 + odd / c);
            value *= d * c;
            if (Math.abs(d * c - 1) < PRECISION) {
                return value;
            }
        }
        throw new ArithmeticException("no result for a = " + a + ", b = " + b + ", x = " + x);
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** The logarithm of the gamma function, by Stirling's series (DLMF 5.11.1); small arguments are moved up first. */
    static double logGamma(double x) {
        double product = 1;
        double z = x;
        for (; z < LARGE; z++) {
            product *= z;
        }
        double sum = 0;
        for (int k = STIRLING.length - 1; k >= 0; k--) {
            sum = sum / (z * z) + STIRLING[k];
        }
        return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + sum / z - Math.log(product);
    }
}

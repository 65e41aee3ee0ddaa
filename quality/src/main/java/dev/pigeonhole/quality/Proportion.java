package dev.pigeonhole.quality;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * So many of so many, and what that tells of the share behind it. Immutable, thread-safe.
 *
 * @param count from 0 to {@code of}
 * @param of at least 0; of none there is no share
 */
public record Proportion(long count, long of) {
    /** Quantile of the standard normal distribution at 0.975: 95 % lie within this distance on both sides. */
    private static final double Z = 1.959963984540054;

    public Proportion {
        if (count < 0 || count > of) {
            throw new IllegalArgumentException("expected 0 <= count <= of, found " + count + " of " + of);
        }
    }

    /** {@code count / of}; empty if that is 0 of 0. */
    public OptionalDouble value() {
        return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) count / of);
    }

    /**
     * Wilson's score interval at 95 %, without continuity correction: all shares p with
     * |count/of - p| &lt;= z sqrt(p (1-p) / of). Holds its level on average, and near 0 and 1 too, unlike the usual
     * plus-minus.
     *
     * <p>Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927);
     * recommended by Brown, Cai and DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16 (2001).
     *
     * @return empty if this is 0 of 0
     */
    public Optional<Interval> wilson() {
        if (of == 0) {
            return Optional.empty();
        }
        double n = of;
        double p = count / n;
        double z2 = Z * Z;
        double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
        double half = Z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
        // At the ends the formula gives exactly 0 and 1; rounding would not.
        double low = count == 0 ? 0 : Math.max(0, middle - half);
        double high = count == of ? 1 : Math.min(1, middle + half);
        return Optional.of(new Interval(low, high));
    }

    /**
     * The exact one-sided lower bound: with at least this certainty the true share is not below it, however few rows there are.
     * It is the share at which {@code count} or more would be seen with a chance of 1 - level.
     *
     * <p>Source: C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the
     * binomial", Biometrika 26 (1934).
     *
     * @param level between 0 and 1, both excluded, such as 0.95
     * @return 0 if {@code count} is 0
     */
    public double lowerBound(double level) {
        requireLevel(level);
        return count == 0 ? 0 : Beta.quantile((double) count, of - count + 1.0, 1 - level);
    }

    /**
     * The exact one-sided upper bound: with at least this certainty the true share is not above it. It is the share at which
     * {@code count} or fewer would be seen with a chance of 1 - level; source as for {@link #lowerBound}.
     *
     * @param level between 0 and 1, both excluded, such as 0.95
     * @return 1 if {@code count} is {@code of}
     */
    public double upperBound(double level) {
        requireLevel(level);
        return count == of ? 1 : Beta.quantile(count + 1.0, (double) (of - count), level);
    }

    /**
     * The chance of seeing {@code count} or fewer if the true share is this: the lower tail of the binomial distribution, exact.
     *
     * <p>Source: the tail is a regularized incomplete beta function, DLMF 8.17.5.
     *
     * @param share from 0 to 1
     */
    public double chanceOfSoFew(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is from 0 to 1, was " + share);
        }
        return count == of ? 1 : Beta.distribution((double) (of - count), count + 1.0, 1 - share);
    }

    private static void requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be between 0 and 1, was " + level);
        }
    }
}

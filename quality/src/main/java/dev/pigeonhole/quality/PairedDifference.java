package dev.pigeonhole.quality;

import java.util.OptionalLong;
import java.util.function.DoublePredicate;

/**
 * Two ways to answer, compared on the same questions: only those on which one is right and the other is not tell them apart. So a
 * small difference shows with far fewer questions than two samples would need. Immutable, thread-safe.
 *
 * <p>All bounds are score bounds: the differences d that a score test of d would not reject. Their level holds well also where only
 * a few pairs differ, unlike that of the usual plus-minus. Source: T. Tango, "Equivalence test and confidence interval for the
 * difference in proportions for the paired-sample design", Statistics in Medicine 17 (1998); among those recommended by Fagerland,
 * Lydersen and Laake, Statistics in Medicine 33 (2014). Like McNemar's test, which it is for d = 0, it looks at unequal pairs only.
 *
 * @param pairs questions that both were asked, at least 1
 * @param gained those on which only the new way is right
 * @param lost those on which only the old way is right
 */
public record PairedDifference(long pairs, long gained, long lost) {
    /** Quantiles of the standard normal distribution at 0.95, 0.975 and 0.8. */
    private static final double ONE_SIDED = 1.6448536269514722;

    private static final double TWO_SIDED = 1.959963984540054;
    private static final double POWER = 0.8416212335729143;

    /** An interval is halved so often that what is left is below the precision of a double. */
    private static final int HALVINGS = 60;

    public PairedDifference {
        if (pairs < 1 || gained < 0 || lost < 0 || gained + lost > pairs) {
            throw new IllegalArgumentException("expected at least one pair and no more unequal ones than pairs, found "
                    + pairs + " pairs, " + gained + " gained, " + lost + " lost");
        }
    }

    /** Share of right answers of the new way less that of the old one, from -1 to 1. */
    public double value() {
        return (gained - lost) / (double) pairs;
    }

    /** The lower end of the interval that holds the true difference with 95 % certainty. */
    public double low() {
        return lower(TWO_SIDED);
    }

    /** The upper end of that interval. */
    public double high() {
        return upper(TWO_SIDED);
    }

    /** What the true difference is not below, with 95 % certainty: one-sided, so above {@link #low}. */
    public double atLeast() {
        return lower(ONE_SIDED);
    }

    /** What the true difference is not above, with 95 % certainty. */
    public double atMost() {
        return upper(ONE_SIDED);
    }

    /**
     * About how many pairs it takes to be 95 % certain that the new way loses no more than a tolerance, if it loses as much as it
     * seems to here: with so many, this is found in four of five cases. Source: R. J. Connor, "Sample size for testing differences
     * in proportions for the paired-sample design", Biometrics 43 (1987).
     *
     * @param tolerance above 0 and below 1
     * @return empty if it seems to lose as much as the tolerance or more: no number of pairs would help
     */
    public OptionalLong pairsToTell(double tolerance) {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance must be between 0 and 1, was " + tolerance);
        }
        double room = tolerance + value();
        if (room <= 0) {
            return OptionalLong.empty();
        }
        // None unequal here does not mean that there never is one.
        double unequal = (gained + lost + 0.5) / (pairs + 0.5);
        double z = ONE_SIDED + POWER;
        double byChance = z * z * Math.max(0, unequal - value() * value()) / (room * room);
        // What the bound needs even if not a single pair is unequal.
        double least = ONE_SIDED * ONE_SIDED * (1 - tolerance) / tolerance;
        return OptionalLong.of((long) Math.ceil(Math.max(byChance, least)));
    }

    private double lower(double z) {
        return border(-1, value(), difference -> score(difference) > z);
    }

    private double upper(double z) {
        return border(value(), 1, difference -> score(difference) > -z);
    }

    /** Where, from low to high, something ends to hold. */
    private static double border(double low, double high, DoublePredicate holds) {
        double from = low;
        double to = high;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = from + (to - from) / 2;
            if (holds.test(middle)) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return to;
    }

    /** How many standard deviations, as they would be if this were the true difference, lie between it and what was seen. */
    private double score(double difference) {
        double distance = gained - lost - pairs * difference;
        double variance = pairs * (2 * lostShare(difference) + difference * (1 - difference));
        return distance == 0 ? 0 : distance / Math.sqrt(Math.max(variance, Double.MIN_NORMAL));
    }

    /** The most likely share of lost pairs if this were the true difference: the larger root of the likelihood equation. */
    private double lostShare(double difference) {
        double a = 2.0 * pairs;
        double b = difference * (2 * pairs - gained + lost) - gained - lost;
        double c = -lost * difference * (1 - difference);
        return (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
    }
}

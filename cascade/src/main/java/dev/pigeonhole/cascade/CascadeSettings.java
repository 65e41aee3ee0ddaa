package dev.pigeonhole.cascade;

import dev.pigeonhole.core.ConfigurationException;

/**
 * How a cascade saves. Immutable; {@link #of} and the {@code with} methods make others.
 *
 * @param target wanted agreement over all rows with the one who is spared, from {@value #LEAST_TARGET} to {@value #MOST_TARGET}
 * @param seed draws rows and folds; the same seed and the same answers give the same output
 * @param delta chance that the agreement is missed nevertheless, between 0 and 0.5
 * @param auditShare share of the rows that could be answered without asking, and are asked about to see whether that is so; from 0 to 1
 * @param leastAudits asked about as audits at least, if there are so many rows
 * @param mostAudits asked about as audits at most, about
 */
public record CascadeSettings(
        double target, long seed, double delta, double auditShare, int leastAudits, int mostAudits) {
    public static final double LEAST_TARGET = 0.5;
    public static final double MOST_TARGET = 0.999;

    public CascadeSettings {
        if (!(target >= LEAST_TARGET && target <= MOST_TARGET)) {
            throw new ConfigurationException(
                    "cascade must be from " + LEAST_TARGET + " to " + MOST_TARGET + ", such as 0.95, found " + target);
        }
        if (!(delta > 0 && delta < 0.5 && auditShare >= 0 && auditShare <= 1 && leastAudits >= 0)
                || mostAudits < leastAudits) {
            throw new IllegalArgumentException("delta " + delta + ", audits " + auditShare + ", at least " + leastAudits
                    + ", at most " + mostAudits);
        }
    }

    /** The usual: one chance in twenty to miss the target, audits of 2 %, at least 200 and at most 5,000. */
    public static CascadeSettings of(double target) {
        return new CascadeSettings(target, 1, 0.05, 0.02, 200, 5_000);
    }

    public CascadeSettings withSeed(long another) {
        return new CascadeSettings(target, another, delta, auditShare, leastAudits, mostAudits);
    }

    public CascadeSettings withAudits(double share, int least, int most) {
        return new CascadeSettings(target, seed, delta, share, least, most);
    }
}

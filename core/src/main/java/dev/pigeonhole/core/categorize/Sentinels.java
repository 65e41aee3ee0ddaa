package dev.pigeonhole.core.categorize;

/**
 * How texts of known category were answered that rode along with the rows in one run. Immutable.
 *
 * @param judged answers about such texts that could be judged
 * @param right how many of them were the known category
 * @param low lower bound of the share that is right, from 0 to 1; 0 if nothing was judged
 * @param high upper bound of it, not below {@code low}; 1 if nothing was judged
 * @param discarded replies that were not used because all known texts in them were answered wrongly
 */
public record Sentinels(long judged, long right, double low, double high, long discarded) {
    public Sentinels {
        if (right < 0 || judged < right || discarded < 0) {
            throw new IllegalArgumentException(right + " of " + judged + ", " + discarded + " discarded");
        }
        if (!(low >= 0 && low <= high && high <= 1)) {
            throw new IllegalArgumentException("bounds " + low + " and " + high);
        }
    }

    /** From 0 to 1; 1 if nothing was judged yet. */
    public double share() {
        return judged == 0 ? 1 : (double) right / judged;
    }
}

package dev.pigeonhole.quality;

/**
 * Where the true share lies, as far as a count can tell. Immutable.
 *
 * @param low from 0 to {@code high}
 * @param high from {@code low} to 1
 */
public record Interval(double low, double high) {
    public Interval {
        if (!(low >= 0 && low <= high && high <= 1)) {
            throw new IllegalArgumentException("expected 0 <= low <= high <= 1, found " + low + " and " + high);
        }
    }
}

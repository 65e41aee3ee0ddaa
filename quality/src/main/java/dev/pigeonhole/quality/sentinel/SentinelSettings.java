package dev.pigeonhole.quality.sentinel;

import java.util.OptionalDouble;

/**
 * How many known texts ride along, and when a job pauses because of them. Immutable.
 *
 * @param seed another seed, other questions and other texts
 * @param share known texts for each row that is asked about, on average; above 0, at most {@value #MOST_SHARE}. In small or very
 *     large sub-batches there are fewer
 * @param floor the job pauses if the share of right answers is surely below this, from 0 to 1; empty if only a change for the worse
 *     matters
 */
public record SentinelSettings(long seed, double share, OptionalDouble floor) {
    static final double MOST_SHARE = 0.1;

    /** Two for every four sub-batches of 20: enough to see a change within some 2,000 rows, and 2.5 % more to pay for. */
    private static final double USUAL_SHARE = 0.025;

    public SentinelSettings {
        if (!(share > 0 && share <= MOST_SHARE)) {
            throw new IllegalArgumentException("share must be above 0 and at most " + MOST_SHARE + ", was " + share);
        }
        if (floor.isPresent() && !(floor.getAsDouble() >= 0 && floor.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("floor must be from 0 to 1, was " + floor.getAsDouble());
        }
    }

    /** One known text for every 40 rows, and no floor. */
    public static SentinelSettings defaults() {
        return new SentinelSettings(1, USUAL_SHARE, OptionalDouble.empty());
    }

    public SentinelSettings withSeed(long other) {
        return new SentinelSettings(other, share, floor);
    }

    public SentinelSettings withFloor(OptionalDouble least) {
        return new SentinelSettings(seed, share, least);
    }
}

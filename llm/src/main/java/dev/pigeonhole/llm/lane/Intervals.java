package dev.pigeonhole.llm.lane;

import java.time.Duration;
import java.util.Objects;

/**
 * How often a provider is looked at. Immutable.
 *
 * @param first time between two looks in the beginning; more than zero. All others follow from it
 */
public record Intervals(Duration first) {
    /** Five seconds to five minutes: a batch takes minutes to hours, and who looks more often than that is slowed down. */
    public static final Intervals DEFAULT = new Intervals(Duration.ofSeconds(5));

    private static final int LONGEST = 60;
    private static final int PATIENCE = 720;

    public Intervals {
        Objects.requireNonNull(first, "first");
        if (first.isZero() || first.isNegative()) {
            throw new IllegalArgumentException("looks every " + first);
        }
    }

    /**
     * The time before the next look: twice as long each time, up to sixty times the first.
     *
     * @param looks made so far in vain, from 0
     */
    public Duration after(int looks) {
        long factor = looks >= Integer.SIZE - 2 ? LONGEST : Math.min(LONGEST, 1L << looks);
        return first.multipliedBy(factor);
    }

    /** How long a provider may not be reached: an hour by default, which a broken line or a sleeping laptop take. */
    public Duration patience() {
        return first.multipliedBy(PATIENCE);
    }
}

package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.Money;

/**
 * What something may cost, before it is done. Immutable.
 *
 * @param least from 0, at most {@code expected}
 * @param expected what a bill is compared with
 * @param most at least {@code expected}; what is expected with trouble, not a cap
 */
public record CostRange(Money least, Money expected, Money most) {
    public CostRange {
        if (least.compareTo(expected) > 0 || expected.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "expected least <= expected <= most, found " + least + ", " + expected + ", " + most);
        }
    }

    /** What two things cost together. */
    public CostRange plus(CostRange other) {
        return new CostRange(least.plus(other.least), expected.plus(other.expected), most.plus(other.most));
    }
}

package dev.pigeonhole.llm.lane;

/**
 * Calls of a ledger without a gap. Immutable.
 *
 * @param first number of the first, at least 1
 * @param count how many, at least 1
 */
public record CallRange(long first, int count) {
    public CallRange {
        if (first < 1 || count < 1) {
            throw new IllegalArgumentException(count + " calls from " + first);
        }
    }

    /** Whether the call is one of them. */
    public boolean holds(long call) {
        return call >= first && call < first + count;
    }
}

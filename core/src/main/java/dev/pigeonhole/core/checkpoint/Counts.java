package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Outcome;

/** Rows by status. Immutable. */
public record Counts(long categorized, long unmatched, long failed, long skipped) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    /** All rows that have an outcome. */
    public long total() {
        return categorized + unmatched + failed + skipped;
    }

    public Counts plus(Counts other) {
        return new Counts(
                categorized + other.categorized,
                unmatched + other.unmatched,
                failed + other.failed,
                skipped + other.skipped);
    }

    /** These counts and one row more. */
    public Counts plus(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized) {
            return new Counts(categorized + 1, unmatched, failed, skipped);
        } else if (outcome instanceof Outcome.Unmatched) {
            return new Counts(categorized, unmatched + 1, failed, skipped);
        } else if (outcome instanceof Outcome.Failed) {
            return new Counts(categorized, unmatched, failed + 1, skipped);
        }
        return new Counts(categorized, unmatched, failed, skipped + 1);
    }
}

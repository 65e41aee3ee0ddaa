package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Outcome;

/** The kinds of outcomes, as in the result column {@code category_status}. */
public enum RowStatus {
    CATEGORIZED,
    UNMATCHED,
    FAILED,
    SKIPPED;

    public static RowStatus of(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized) {
            return CATEGORIZED;
        } else if (outcome instanceof Outcome.Unmatched) {
            return UNMATCHED;
        } else if (outcome instanceof Outcome.Failed) {
            return FAILED;
        }
        return SKIPPED;
    }
}

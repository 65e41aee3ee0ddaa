package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Outcome;
import java.util.Objects;

/**
 * The outcome of a row, as it is kept.
 *
 * @param row number of the row, from 1
 * @param outcome what came of it
 * @param subBatch number of its sub-batch within its batch, from 1; 0 if no categorizer was asked
 * @param attempts calls made for it; 0 if no categorizer was asked
 */
public record RowOutcome(long row, Outcome outcome, int subBatch, int attempts) {
    public RowOutcome {
        Objects.requireNonNull(outcome, "outcome");
        if (row < 1 || subBatch < 0 || attempts < 0) {
            throw new IllegalArgumentException("row " + row + ", sub-batch " + subBatch + ", attempts " + attempts);
        }
    }

    /** Whether a categorizer can have given it: all but skipped rows, and failures that asking again cannot help. */
    public boolean isAnswered() {
        return !(outcome instanceof Outcome.Skipped)
                && !(outcome instanceof Outcome.Failed failed && !failed.cause().canAskAgain());
    }
}

package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Outcome;
import java.util.Objects;

/**
 * The outcome of a row, as it is kept.
 *
 * @param row number of the row, from 1
 * @param outcome what came of it
 * @param subBatch number of its sub-batch within its batch, from 1; 0 if no categorizer was asked, or if it was asked about together
 *     with rows of other batches
 * @param attempts calls made for it; 0 if no categorizer was asked
 */
public record RowOutcome(long row, Outcome outcome, int subBatch, int attempts) {
    public RowOutcome {
        Objects.requireNonNull(outcome, "outcome");
        if (row < 1 || subBatch < 0 || attempts < 0) {
            throw new IllegalArgumentException("row " + row + ", sub-batch " + subBatch + ", attempts " + attempts);
        }
    }

    /** The source of an outcome that a person gave. */
    public static final String HUMAN = "human";

    /** Whether a person gave it. */
    public boolean isByPerson() {
        return (outcome instanceof Outcome.Categorized categorized
                        && categorized.source().equals(HUMAN))
                || (outcome instanceof Outcome.Unmatched unmatched
                        && unmatched.source().equals(HUMAN));
    }

    /** Whether it is a category by this source, with less confidence than that. */
    public boolean isUnsure(String source, double confidence) {
        return outcome instanceof Outcome.Categorized categorized
                && categorized.source().equals(source)
                && categorized.confidence().orElse(Double.POSITIVE_INFINITY) < confidence;
    }

    /** Whether a categorizer can have given it: not skipped rows, failures that asking again cannot help, and what people said. */
    public boolean isAnswered() {
        return !(outcome instanceof Outcome.Skipped)
                && !isByPerson()
                && !(outcome instanceof Outcome.Failed failed && !failed.cause().canAskAgain());
    }
}

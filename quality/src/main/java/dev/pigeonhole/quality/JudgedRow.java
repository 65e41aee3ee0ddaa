package dev.pigeonhole.quality;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowStatus;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A row with an outcome, and what a person says is right. Immutable.
 *
 * @param truth the right category as it stands in the file; blank if nobody has said
 * @param status what came of the row
 * @param answer the category that was given; empty unless {@code status} is {@link RowStatus#CATEGORIZED}
 * @param confidence of the answer, from 0 to 1, if it has one
 * @param source who gave the answer; empty if that is not known
 */
public record JudgedRow(String truth, RowStatus status, String answer, OptionalDouble confidence, String source) {
    public JudgedRow {
        Objects.requireNonNull(truth, "truth");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(source, "source");
        if (answer.isBlank() == (status == RowStatus.CATEGORIZED)) {
            throw new IllegalArgumentException(
                    "an answer belongs to a row that is categorized, and to no other; status " + status);
        }
        double value = confidence.orElse(0);
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("confidence must be from 0 to 1, was " + value);
        }
    }

    /** A row of a job. */
    public static JudgedRow of(String truth, Outcome outcome) {
        if (outcome instanceof Outcome.Categorized c) {
            return new JudgedRow(truth, RowStatus.CATEGORIZED, c.category(), c.confidence(), c.source());
        }
        return new JudgedRow(truth, RowStatus.of(outcome), "", OptionalDouble.empty(), "");
    }
}

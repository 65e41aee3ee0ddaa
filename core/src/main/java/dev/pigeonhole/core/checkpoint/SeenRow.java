package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Outcome;
import java.util.Objects;
import java.util.Optional;

/**
 * A row as it is shown to a person. Immutable.
 *
 * @param row the row with the outcome that holds now: what a person said, or else what was recorded
 * @param review what a person said of it, if that still holds
 * @param machine what was recorded before a person changed it; empty if nobody did
 * @param published whether the outcome that holds now is among those that the next output is made from without
 *     {@link JobLease#applyReviews}
 */
public record SeenRow(RowOutcome row, Optional<Review> review, Optional<Outcome> machine, boolean published) {
    public SeenRow {
        Objects.requireNonNull(row, "row");
        Objects.requireNonNull(review, "review");
        Objects.requireNonNull(machine, "machine");
    }

    /**
     * What holds of a row, for stores: the only place that decides it.
     *
     * @param recorded as the store has it now
     * @param original what was recorded before {@link JobLease#applyReviews} changed it, if the store has that; left alone if the
     *     recorded outcome is no person's
     * @param newest the newest review of the row
     */
    public static SeenRow of(RowOutcome recorded, Optional<Outcome> original, Optional<Review> newest) {
        Outcome machine = original.filter(o -> recorded.isByPerson()).orElse(recorded.outcome());
        Outcome now = newest.map(review -> outcome(review.verdict(), machine)).orElse(recorded.outcome());
        return new SeenRow(
                new RowOutcome(recorded.row(), now, recorded.subBatch(), recorded.attempts()),
                newest.filter(Review::holds),
                now.equals(machine) ? Optional.empty() : Optional.of(machine),
                now.equals(recorded.outcome()));
    }

    private static Outcome outcome(Verdict verdict, Outcome machine) {
        if (verdict instanceof Verdict.Category category) {
            return Outcome.categorized(category.name(), RowOutcome.HUMAN);
        }
        return verdict instanceof Verdict.NoCategory ? Outcome.unmatched(RowOutcome.HUMAN) : machine;
    }
}

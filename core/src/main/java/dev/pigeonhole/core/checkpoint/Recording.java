package dev.pigeonhole.core.checkpoint;

import java.util.Collection;
import java.util.List;

/**
 * What becomes durable together. Immutable.
 *
 * @param outcomes outcomes of rows
 * @param answers answers to be known for later rows with the same text
 * @param settledCalls calls of the ledger whose answers are used with this: all that they settle is in {@code outcomes}, or was
 *     recorded before
 */
public record Recording(List<RowOutcome> outcomes, List<KnownAnswer> answers, List<Long> settledCalls) {
    public Recording {
        outcomes = List.copyOf(outcomes);
        answers = List.copyOf(answers);
        settledCalls = List.copyOf(settledCalls);
    }

    /** Outcomes alone. */
    public static Recording of(Collection<RowOutcome> outcomes) {
        return new Recording(List.copyOf(outcomes), List.of(), List.of());
    }

    public boolean isEmpty() {
        return outcomes.isEmpty() && answers.isEmpty() && settledCalls.isEmpty();
    }
}

package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.util.Objects;
import java.util.Optional;

/**
 * A call of the ledger that asked about a row. Immutable.
 *
 * @param number of the call in its job, from 1
 * @param round 1 for the first question about these rows, more for what was asked again
 * @param rows how many rows it asked about
 * @param model name of the language model
 * @param state in a word, as in the view {@code paid_call}
 * @param answer as it came; empty if none did
 * @param usage tokens; empty if no answer came
 * @param cost empty if no answer came or no price is known
 */
public record PaidAttempt(
        long number,
        int round,
        int rows,
        String model,
        String state,
        Optional<String> answer,
        Optional<TokenUsage> usage,
        Optional<Money> cost) {
    public PaidAttempt {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(cost, "cost");
    }
}

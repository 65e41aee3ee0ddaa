package dev.pigeonhole.core.ledger;

import dev.pigeonhole.core.Money;
import java.util.Objects;

/**
 * What the calls of a job add up to, all runs included. Immutable.
 *
 * @param sent calls begun
 * @param answered calls that brought an answer
 * @param unbilled calls known to have cost nothing: refused before any work was done
 * @param usage tokens of the answered calls
 * @param cost of the answered calls whose price is known
 * @param unpriced answered calls whose price is not known; if there are any, {@code cost} is not the whole
 */
public record Bill(long sent, long answered, long unbilled, TokenUsage usage, Money cost, long unpriced) {
    public static final Bill NONE = new Bill(0, 0, 0, TokenUsage.NONE, Money.ZERO, 0);

    public Bill {
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(cost, "cost");
    }

    /** With one call more that was begun. */
    public Bill plusSent() {
        return new Bill(sent + 1, answered, unbilled, usage, cost, unpriced);
    }

    /** With one call more that brought an answer. */
    public Bill plus(CallAnswer answer) {
        return new Bill(
                sent,
                answered + 1,
                unbilled,
                usage.plus(answer.usage()),
                answer.cost().map(cost::plus).orElse(cost),
                unpriced + (answer.cost().isPresent() ? 0 : 1));
    }

    /** With one call more that cost nothing. */
    public Bill plusUnbilled() {
        return new Bill(sent, answered, unbilled + 1, usage, cost, unpriced);
    }

    /** Calls that may have been billed although no answer is here: under way now, timed out, or cut off by a sudden end. */
    public long unanswered() {
        return sent - answered - unbilled;
    }
}

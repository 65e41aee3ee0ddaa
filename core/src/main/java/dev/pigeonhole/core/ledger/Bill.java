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

    /** Calls that may have been billed although no answer is here: under way now, timed out, or cut off by a sudden end. */
    public long unanswered() {
        return sent - answered - unbilled;
    }
}

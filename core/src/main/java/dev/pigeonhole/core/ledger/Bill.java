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
 * @param atRisk the most that the calls without an answer can cost, as far as their price is known
 * @param unpriced answered calls whose price is not known; if there are any, {@code cost} is not the whole
 */
public record Bill(long sent, long answered, long unbilled, TokenUsage usage, Money cost, Money atRisk, long unpriced) {
    public static final Bill NONE = new Bill(0, 0, 0, TokenUsage.NONE, Money.ZERO, Money.ZERO, 0);

    public Bill {
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(atRisk, "atRisk");
    }

    /** With one call more that was begun. */
    public Bill plusSent(CallIntent intent) {
        Money risk = intent.worstCase().map(atRisk::plus).orElse(atRisk);
        return new Bill(sent + 1, answered, unbilled, usage, cost, risk, unpriced);
    }

    /** With one call more, of those begun, that brought an answer. */
    public Bill plus(CallIntent intent, CallAnswer answer) {
        return new Bill(
                sent,
                answered + 1,
                unbilled,
                usage.plus(answer.usage()),
                answer.cost().map(cost::plus).orElse(cost),
                riskWithout(intent),
                unpriced + (answer.cost().isPresent() ? 0 : 1));
    }

    /** With one call more, of those begun, that cost nothing. */
    public Bill plusUnbilled(CallIntent intent) {
        return new Bill(sent, answered, unbilled + 1, usage, cost, riskWithout(intent), unpriced);
    }

    private Money riskWithout(CallIntent intent) {
        return intent.worstCase().map(atRisk::minus).orElse(atRisk);
    }

    /** Calls that may have been billed although no answer is here: under way now, timed out, or cut off by a sudden end. */
    public long unanswered() {
        return sent - answered - unbilled;
    }
}

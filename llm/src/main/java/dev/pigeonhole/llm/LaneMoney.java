package dev.pigeonhole.llm;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.money.Budget;
import dev.pigeonhole.llm.money.Price;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What requests of batches cost, and what is set aside for them. Thread-safe. */
final class LaneMoney {
    private static final long FACTOR = 10;
    private static final long SPARE_TOKENS = 100_000;
    /** Without a price: no request takes that many. */
    private static final long MOST_TOKENS = 100_000_000;

    private final Optional<Price> price;
    private final Budget.Purse purse;

    /** @param price of the model in a batch */
    LaneMoney(Optional<Price> price, Budget.Purse purse) {
        this.price = price;
        this.purse = purse;
    }

    Optional<Money> worstCase(Protocol.Draft draft) {
        return price.map(p -> p.worstCase(draft.inputTokens(), draft.request().maxOutputTokens()));
    }

    static Money sum(Collection<CallIntent> intents) {
        Money sum = Money.ZERO;
        for (CallIntent intent : intents) {
            sum = sum.plus(intent.worstCase().orElse(Money.ZERO));
        }
        return sum;
    }

    /** Sets the worst case of all of them aside, or nothing. */
    boolean offer(List<CallIntent> intents) {
        return purse.offer(sum(intents));
    }

    /** What was sent by an earlier run. */
    void adopt(Money worst) {
        purse.adopt(worst);
    }

    /** These calls have ended. */
    void end(Collection<CallIntent> intents, Money actual) {
        purse.end(sum(intents), actual);
    }

    /** Nobody knows what these calls cost: what was set aside counts as spent. */
    void keep(Collection<CallIntent> intents) {
        purse.end(sum(intents), sum(intents));
    }

    /** What goes into the ledger. An answer without tokens, or with more than can be true, costs the worst case. */
    CallAnswer answer(ChatReply reply, CallIntent intent) {
        Optional<Money> cost = credibleCost(reply.usage(), intent);
        boolean credible = price.isPresent() ? cost.isPresent() : reply.usage().total() <= MOST_TOKENS;
        return new CallAnswer(
                reply.text(),
                reply.finish().name(),
                reply.requestId(),
                credible ? reply.usage() : TokenUsage.NONE,
                cost.or(() -> price.isPresent() ? intent.worstCase() : Optional.empty()));
    }

    private Optional<Money> credibleCost(TokenUsage usage, CallIntent intent) {
        if (price.isEmpty() || intent.worstCase().isEmpty() || usage.equals(TokenUsage.NONE)) {
            return Optional.empty();
        }
        try {
            Money cost = price.get().cost(usage);
            Money most = new Money(
                            Math.multiplyExact(FACTOR, intent.worstCase().get().picodollars()))
                    .plus(price.get().worstCase(SPARE_TOKENS, 0));
            return cost.compareTo(most) <= 0 ? Optional.of(cost) : Optional.empty();
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }
}

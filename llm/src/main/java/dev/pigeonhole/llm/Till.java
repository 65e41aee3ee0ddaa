package dev.pigeonhole.llm;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.money.Budget;
import dev.pigeonhole.llm.money.Price;
import dev.pigeonhole.llm.pace.Pacer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes one call and accounts for it: sets its worst case aside, waits for its turn, enters it before it is sent and its answer
 * before anybody reads it. However the call ends, its turn and what was set aside end exactly once. Thread-safe.
 */
final class Till {
    private static final long INPUT_FACTOR = 10;
    private static final long SPARE_TOKENS = 100_000;

    private final ChatModel model;
    private final CallLedger ledger;
    private final Pacer pacer;
    private final Budget budget;
    private final Optional<Price> price;
    private final LongSupplier nanoTime;

    Till(ChatModel model, CallLedger ledger, Pacer pacer, Budget budget, Surroundings surroundings) {
        this.model = model;
        this.ledger = ledger;
        this.pacer = pacer;
        this.budget = budget;
        this.price = surroundings.price();
        this.nanoTime = surroundings.nanoTime();
    }

    /** Sends nothing more. Calls under way go on. */
    void stop() {
        budget.stop();
        pacer.stop();
    }

    /** Calls that wait for their turn. */
    int held() {
        return pacer.held();
    }

    /** An answer, and the number of its call. */
    record Receipt(long call, ChatReply reply) {}

    /**
     * Sends.
     *
     * @throws ChatFailedException as the model says
     * @throws ChatRefusedException as the model says
     * @throws dev.pigeonhole.core.categorize.JobPausedException the money cap is reached
     * @throws dev.pigeonhole.core.categorize.NotSentException the job stops
     */
    Receipt send(Protocol.Draft draft, List<Long> rows, int round) {
        Optional<Money> worstCase =
                price.map(p -> p.worstCase(draft.inputTokens(), draft.request().maxOutputTokens()));
        CallIntent intent =
                new CallIntent(rows, round, model.name(), draft.mode().key(), worstCase);
        Budget.Reservation reservation = budget.reserve(worstCase.orElse(Money.ZERO));
        Pacer.Permit permit = acquire(draft.mostTokens(), reservation);
        long call = begin(intent, permit, reservation);
        long sent = nanoTime.getAsLong();
        ChatReply reply = complete(draft.request(), call, permit, reservation);
        Duration took = Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - sent));
        keep(call, reply, usage(draft, reply), new Turn(permit, reservation, took));
        return new Receipt(call, reply);
    }

    /** Money first: it may be waited for, and a place must not wait. */
    private Pacer.Permit acquire(long tokens, Budget.Reservation reservation) {
        boolean acquired = false;
        try {
            Pacer.Permit permit = pacer.acquire(tokens);
            acquired = true;
            return permit;
        } finally {
            if (!acquired) {
                reservation.release();
            }
        }
    }

    private long begin(CallIntent intent, Pacer.Permit permit, Budget.Reservation reservation) {
        boolean begun = false;
        try {
            long call = ledger.begin(intent);
            begun = true;
            return call;
        } finally {
            if (!begun) {
                free(permit, reservation);
            }
        }
    }

    private ChatReply complete(ChatRequest request, long call, Pacer.Permit permit, Budget.Reservation reservation) {
        boolean ended = false;
        try {
            ChatReply reply = model.complete(request);
            ended = true;
            return reply;
        } catch (ChatFailedException e) {
            ended = true;
            failed(e, call, permit, reservation);
            throw e;
        } catch (ChatRefusedException e) {
            ended = true;
            free(permit, reservation);
            ledger.unbilled(call);
            throw e;
        } finally {
            if (!ended) { // A defect in the adapter: the call may have been sent.
                end(reservation::keep, permit::released);
            }
        }
    }

    private static void free(Pacer.Permit permit, Budget.Reservation reservation) {
        end(reservation::release, permit::released);
    }

    /** Ends both, whatever the first one throws. */
    private static void end(Runnable reservation, Runnable permit) {
        try {
            reservation.run();
        } finally {
            permit.run();
        }
    }

    private void failed(ChatFailedException e, long call, Pacer.Permit permit, Budget.Reservation reservation) {
        boolean limited = e.kind() == ChatFailedException.Kind.RATE_LIMIT;
        boolean mayBeBilled = e.kind().mayBeBilled();
        end(
                mayBeBilled ? reservation::keep : reservation::release,
                limited ? () -> permit.limited(e.limits()) : () -> permit.failed(e.limits()));
        if (!mayBeBilled) {
            ledger.unbilled(call);
        }
    }

    private record Turn(Pacer.Permit permit, Budget.Reservation reservation, Duration took) {}

    private void keep(long call, ChatReply reply, TokenUsage usage, Turn turn) {
        Optional<Money> cost = cost(usage);
        try {
            ledger.answered(call, new CallAnswer(reply.text(), reply.finish().name(), reply.requestId(), usage, cost));
        } finally {
            end(
                    () -> settle(cost, turn.reservation()),
                    () -> turn.permit().answered(usage.total(), reply.limits(), turn.took()));
        }
    }

    /** Empty if there is no price, or no amount that large. */
    private Optional<Money> cost(TokenUsage usage) {
        try {
            return price.map(p -> p.cost(usage));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Of a cost that cannot be told, what was set aside is the best guess. */
    private void settle(Optional<Money> cost, Budget.Reservation reservation) {
        if (price.isPresent() && cost.isEmpty()) {
            reservation.keep();
        } else {
            reservation.settle(cost.orElse(Money.ZERO));
        }
    }

    /** Where the server does not say, or nothing that can be true, what was counted here; of an answer at most a token a character. */
    private static TokenUsage usage(Protocol.Draft draft, ChatReply reply) {
        if (!reply.usage().equals(TokenUsage.NONE) && isCredible(reply.usage(), draft)) {
            return reply.usage();
        }
        int output = Math.min(reply.text().length(), draft.request().maxOutputTokens());
        return new TokenUsage(draft.inputTokens(), 0, 0, output);
    }

    /** Not far beyond what the request can take. Reasoning, tools and images of the server's own may add to what was counted here. */
    private static boolean isCredible(TokenUsage usage, Protocol.Draft draft) {
        long most = INPUT_FACTOR * draft.inputTokens() + draft.request().maxOutputTokens() + SPARE_TOKENS;
        return usage.input() <= most
                && usage.cachedInput() <= most
                && usage.cacheWrite() <= most
                && usage.output() <= most;
    }
}

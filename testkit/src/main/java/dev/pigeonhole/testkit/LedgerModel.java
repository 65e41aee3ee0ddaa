package dev.pigeonhole.testkit;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.PaidCall;
import dev.pigeonhole.core.ledger.TokenUsage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Does the same to a ledger and to plain maps. Not thread-safe. */
final class LedgerModel {
    private final Random random;
    private final List<CallIntent> sent = new ArrayList<>();
    private final SortedMap<Long, PaidCall> answered = new TreeMap<>();
    private final SortedMap<Long, PaidCall> unsettled = new TreeMap<>();
    private final List<Long> open = new ArrayList<>();
    private long unbilled;

    LedgerModel(Random random) {
        this.random = random;
    }

    void step(JobLease lease) {
        int kind = random.nextInt(8);
        if (kind < 3 || open.isEmpty()) {
            begin(lease);
        } else if (kind < 6) {
            answer(lease, open.remove(random.nextInt(open.size())));
        } else if (kind == 6) {
            lease.ledger().unbilled(open.remove(random.nextInt(open.size())));
            unbilled++;
        } else {
            settle(lease);
        }
    }

    private void begin(JobLease lease) {
        CallIntent intent = SampleCalls.randomIntent(random);
        sent.add(intent);
        open.add(lease.ledger().begin(intent));
    }

    private void answer(JobLease lease, long call) {
        CallAnswer answer = SampleCalls.randomAnswer(random);
        PaidCall paid = new PaidCall(call, sent.get((int) call - 1), answer);
        answered.put(call, paid);
        unsettled.put(call, paid);
        lease.ledger().answered(call, answer);
    }

    private void settle(JobLease lease) {
        if (random.nextInt(4) == 0) {
            lease.reopenAnswered();
            unsettled.putAll(answered);
        } else {
            List<Long> used = answered.keySet().stream()
                    .filter(call -> random.nextBoolean())
                    .toList();
            lease.record(SampleCalls.settle(used.toArray(Long[]::new)));
            unsettled.keySet().removeAll(used);
        }
    }

    Collection<PaidCall> answers() {
        return List.copyOf(answered.values());
    }

    Collection<PaidCall> unsettled() {
        return List.copyOf(unsettled.values());
    }

    private Money atRisk() {
        Money sum = Money.ZERO;
        for (long call : open) {
            sum = sum.plus(sent.get((int) call - 1).worstCase().orElse(Money.ZERO));
        }
        return sum;
    }

    Bill bill() {
        TokenUsage usage = TokenUsage.NONE;
        Money cost = Money.ZERO;
        long unpriced = 0;
        for (PaidCall call : answered.values()) {
            usage = usage.plus(call.answer().usage());
            cost = cost.plus(call.answer().cost().orElse(Money.ZERO));
            unpriced += call.answer().cost().isEmpty() ? 1 : 0;
        }
        return new Bill(sent.size(), answered.size(), unbilled, usage, cost, atRisk(), unpriced);
    }
}

package dev.pigeonhole.core.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A ledger on the heap. Thread-safe. */
public final class InMemoryLedger implements CallLedger {
    private final NavigableMap<Long, CallIntent> intents = new TreeMap<>();
    private final NavigableMap<Long, CallAnswer> answers = new TreeMap<>();
    private final Set<Long> unbilled = new HashSet<>();
    private final Set<Long> settled = new HashSet<>();

    @Override
    public synchronized long begin(CallIntent intent) {
        long number = intents.size() + 1L;
        intents.put(number, intent);
        return number;
    }

    @Override
    public synchronized void answered(long call, CallAnswer answer) {
        requireOpen(call);
        answers.put(call, answer);
    }

    @Override
    public synchronized void unbilled(long call) {
        requireOpen(call);
        unbilled.add(call);
    }

    private void requireOpen(long call) {
        if (!intents.containsKey(call) || answers.containsKey(call) || unbilled.contains(call)) {
            throw new IllegalArgumentException("call " + call + " was not begun, or has ended");
        }
    }

    /** Marks answers as used. */
    public synchronized void settle(Collection<Long> calls) {
        settled.addAll(calls);
    }

    @Override
    public synchronized Bill bill() {
        Bill bill = new Bill(intents.size(), 0, unbilled.size(), TokenUsage.NONE, dev.pigeonhole.core.Money.ZERO, 0);
        for (CallAnswer answer : answers.values()) {
            bill = new Bill(
                    bill.sent(),
                    bill.answered() + 1,
                    bill.unbilled(),
                    bill.usage().plus(answer.usage()),
                    answer.cost().map(bill.cost()::plus).orElse(bill.cost()),
                    bill.unpriced() + (answer.cost().isPresent() ? 0 : 1));
        }
        return bill;
    }

    @Override
    public synchronized void forEachAnswer(Consumer<PaidCall> consumer) {
        answers.forEach((number, answer) -> consumer.accept(paid(number)));
    }

    @Override
    public synchronized void forEachUnsettled(Consumer<PaidCall> consumer) {
        answers.keySet().stream()
                .filter(number -> !settled.contains(number))
                .map(this::paid)
                .forEach(consumer);
    }

    private PaidCall paid(long number) {
        return new PaidCall(
                number,
                java.util.Objects.requireNonNull(intents.get(number)),
                java.util.Objects.requireNonNull(answers.get(number)));
    }
}

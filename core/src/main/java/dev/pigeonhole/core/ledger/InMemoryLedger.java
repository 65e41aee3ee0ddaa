package dev.pigeonhole.core.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A ledger on the heap. Thread-safe. */
public final class InMemoryLedger implements CallLedger {
    private final NavigableMap<Long, CallIntent> begun = new TreeMap<>();
    private final NavigableMap<Long, CallIntent> open = new TreeMap<>();
    private final NavigableMap<Long, PaidCall> answers = new TreeMap<>();
    private final Set<Long> settled = new HashSet<>();
    private Bill bill = Bill.NONE;

    @Override
    public synchronized long begin(CallIntent intent) {
        bill = bill.plusSent(intent);
        begun.put(bill.sent(), intent);
        open.put(bill.sent(), intent);
        return bill.sent();
    }

    @Override
    public synchronized void answered(long call, CallAnswer answer) {
        PaidCall paid = new PaidCall(call, intent(call), answer);
        bill = bill.plus(paid.intent(), answer);
        answers.put(call, paid);
        open.remove(call);
    }

    @Override
    public synchronized void unbilled(long call) {
        bill = bill.plusUnbilled(intent(call));
        open.remove(call);
    }

    @Override
    public synchronized long beginAll(List<CallIntent> intents) {
        long first = bill.sent() + 1;
        intents.forEach(this::begin);
        return first;
    }

    @Override
    public synchronized void endAll(SortedMap<Long, Optional<CallAnswer>> ends) {
        for (long call : ends.keySet()) {
            if (!begun.containsKey(call)) {
                throw new IllegalArgumentException("call " + call + " was not begun");
            }
        }
        ends.forEach((call, answer) -> {
            if (open.containsKey(call)) {
                answer.ifPresentOrElse(said -> answered(call, said), () -> unbilled(call));
            }
        });
    }

    @Override
    public void forEachOpen(OpenCall consumer) {
        List<Map.Entry<Long, CallIntent>> calls;
        synchronized (this) {
            calls = List.copyOf(open.entrySet());
        }
        calls.forEach(call -> consumer.accept(call.getKey(), call.getValue()));
    }

    private CallIntent intent(long call) {
        CallIntent intent = open.get(call);
        if (intent == null) {
            throw new IllegalArgumentException("call " + call + " was not begun, or has ended");
        }
        return intent;
    }

    /**
     * Marks answers as used: all, or none.
     *
     * @throws IllegalArgumentException a call was not answered
     */
    public synchronized void settle(Collection<Long> calls) {
        for (long call : calls) {
            if (!answers.containsKey(call)) {
                throw new IllegalArgumentException("call " + call + " was not answered");
            }
        }
        settled.addAll(calls);
    }

    /** Takes all answers for not used yet. */
    public synchronized void unsettle() {
        settled.clear();
    }

    @Override
    public synchronized Bill bill() {
        return bill;
    }

    @Override
    public void forEachAnswer(Consumer<PaidCall> consumer) {
        answers(false).forEach(consumer);
    }

    @Override
    public void forEachUnsettled(Consumer<PaidCall> consumer) {
        answers(true).forEach(consumer);
    }

    /** A copy: who gets them may write meanwhile. */
    private synchronized List<PaidCall> answers(boolean unsettledOnly) {
        return answers.descendingMap().values().stream()
                .filter(call -> !unsettledOnly || !settled.contains(call.number()))
                .toList();
    }

    /** All calls, in the order they were begun; a copy. */
    public synchronized List<Call> calls() {
        return begun.entrySet().stream()
                .map(call -> new Call(call.getKey(), call.getValue(), state(call.getKey()), answer(call.getKey())))
                .toList();
    }

    private String state(long call) {
        if (answers.containsKey(call)) {
            return settled.contains(call) ? "settled" : "answered";
        }
        return open.containsKey(call) ? "sent" : "unbilled";
    }

    private @Nullable CallAnswer answer(long call) {
        PaidCall paid = answers.get(call);
        return paid == null ? null : paid.answer();
    }

    /**
     * A call and how far it got. Immutable.
     *
     * @param number from 1 in the order of sending
     * @param state how far it got, in a word: sent, answered, settled (answered and used), unbilled
     * @param answer null if none came
     */
    public record Call(
            long number,
            CallIntent intent,
            String state,
            @Nullable CallAnswer answer) {
        public Call {
            Objects.requireNonNull(intent, "intent");
            Objects.requireNonNull(state, "state");
        }
    }
}

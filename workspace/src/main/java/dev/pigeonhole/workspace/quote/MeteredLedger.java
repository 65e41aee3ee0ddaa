package dev.pigeonhole.workspace.quote;

import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.PaidCall;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/** A ledger that notes what each call took, besides what it does anyway. Thread-safe. */
final class MeteredLedger implements CallLedger {
    /** A call that was answered. */
    record Metered(CallIntent intent, CallAnswer answer, Duration time) {}

    private record Begun(CallIntent intent, Instant at) {}

    private final CallLedger ledger;
    private final InstantSource clock;
    private final Map<Long, Begun> begun = new HashMap<>();
    private final List<Metered> answered = new ArrayList<>();

    MeteredLedger(CallLedger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    synchronized List<Metered> calls() {
        return List.copyOf(answered);
    }

    private synchronized void note(long call, CallIntent intent) {
        begun.put(call, new Begun(intent, clock.instant()));
    }

    private synchronized void end(long call, Optional<CallAnswer> answer) {
        Begun start = begun.remove(call);
        if (start != null && answer.isPresent()) {
            answered.add(new Metered(start.intent(), answer.get(), Duration.between(start.at(), clock.instant())));
        }
    }

    @Override
    public long begin(CallIntent intent) {
        long call = ledger.begin(intent);
        note(call, intent);
        return call;
    }

    /** The time ends here: what the ledger takes is no time of the call. */
    @Override
    public void answered(long call, CallAnswer answer) {
        end(call, Optional.of(answer));
        ledger.answered(call, answer);
    }

    @Override
    public void unbilled(long call) {
        end(call, Optional.empty());
        ledger.unbilled(call);
    }

    @Override
    public long beginAll(List<CallIntent> intents) {
        long first = ledger.beginAll(intents);
        for (int i = 0; i < intents.size(); i++) {
            note(first + i, intents.get(i));
        }
        return first;
    }

    @Override
    public void endAll(SortedMap<Long, Optional<CallAnswer>> ends) {
        ends.forEach(this::end);
        ledger.endAll(ends);
    }

    @Override
    public void forEachOpen(OpenCall consumer) {
        ledger.forEachOpen(consumer);
    }

    @Override
    public Bill bill() {
        return ledger.bill();
    }

    @Override
    public void forEachAnswer(Consumer<PaidCall> consumer) {
        ledger.forEachAnswer(consumer);
    }

    @Override
    public void forEachUnsettled(Consumer<PaidCall> consumer) {
        ledger.forEachUnsettled(consumer);
    }
}

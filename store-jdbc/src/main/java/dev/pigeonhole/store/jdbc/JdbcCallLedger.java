package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.PaidCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The calls of a job that is held. Thread-safe; those who write at the same time share a transaction. */
final class JdbcCallLedger implements CallLedger {
    private final JdbcJobLease lease;
    private final long job;
    private final GroupCommit<Calls> writes;

    JdbcCallLedger(JdbcJobLease lease, long job) {
        this.lease = lease;
        this.job = job;
        this.writes = new GroupCommit<>(work -> lease.change("calls cannot be entered in the ledger", connection -> {
            try (Calls calls = new Calls(connection, job)) {
                work.in(calls);
                calls.finish();
            }
        }));
    }

    @Override
    public long begin(CallIntent intent) {
        return write(calls -> calls.begin(intent));
    }

    @Override
    public void answered(long call, CallAnswer answer) {
        write(calls -> {
            calls.answered(call, answer);
            return true;
        });
    }

    @Override
    public void unbilled(long call) {
        write(calls -> {
            calls.unbilled(call);
            return true;
        });
    }

    @Override
    public long beginAll(List<CallIntent> intents) {
        AtomicLong first = new AtomicLong();
        together(calls -> {
            for (CallIntent intent : intents) {
                long number = calls.begin(intent);
                first.compareAndSet(0, number);
            }
        });
        return first.get();
    }

    @Override
    public void endAll(SortedMap<Long, Optional<CallAnswer>> ends) {
        together(calls -> {
            for (Map.Entry<Long, Optional<CallAnswer>> end : ends.entrySet()) {
                if (!calls.isOpen(end.getKey())) {
                    continue;
                }
                if (end.getValue().isPresent()) {
                    calls.answered(end.getKey(), end.getValue().get());
                } else {
                    calls.unbilled(end.getKey());
                }
            }
        });
    }

    @Override
    public void forEachOpen(OpenCall consumer) {
        read(calls -> calls.forEachOpen(consumer));
    }

    /** In a transaction of its own: all, or nothing. */
    private void together(GroupCommit.Work<Calls> work) {
        lease.change("calls cannot be entered in the ledger", connection -> {
            try (Calls calls = new Calls(connection, job)) {
                work.in(calls);
                calls.finish();
            }
        });
    }

    private <T> T write(GroupCommit.Write<Calls, T> write) {
        lease.requireMayWrite();
        return writes.run("a call cannot be entered in the ledger", write, lease::translate);
    }

    @Override
    public Bill bill() {
        return lease.read("calls cannot be added up", connection -> CallTotals.read(connection, job))
                .bill();
    }

    @Override
    public void forEachAnswer(Consumer<PaidCall> consumer) {
        read(calls -> calls.forEachAnswer(consumer));
    }

    @Override
    public void forEachUnsettled(Consumer<PaidCall> consumer) {
        read(calls -> calls.forEachUnsettled(consumer));
    }

    private void read(GroupCommit.Work<Calls> work) {
        lease.read("answers cannot be read", connection -> {
            try (Calls calls = new Calls(connection, job)) {
                work.in(calls);
                return true;
            }
        });
    }
}

package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.PaidCall;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A held job on the heap. */
final class InMemoryLease implements JobLease {
    private final InMemoryJob job;
    private final JobRecord before;
    private final long epoch;
    private final Runnable requireOpenStore;
    private final CallLedger ledger = new FencedLedger();
    private volatile boolean closed;

    InMemoryLease(InMemoryJob job, JobRecord before, long epoch, Runnable requireOpenStore) {
        this.job = job;
        this.before = before;
        this.epoch = epoch;
        this.requireOpenStore = requireOpenStore;
    }

    @Override
    public JobRecord job() {
        return open().record();
    }

    @Override
    public JobRecord before() {
        return before;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void record(Recording recording) {
        open().change(epoch, () -> job.record(recording));
    }

    @Override
    public Map<AnswerKey, Outcome> known(Collection<AnswerKey> keys) {
        return InMemoryCheckpointStore.known(open().answers(), keys);
    }

    @Override
    public CallLedger ledger() {
        open();
        return ledger;
    }

    @Override
    public BitSet recorded(long firstRow, int rows) {
        BitSet bits = new BitSet(rows);
        open().outcomes()
                .subMap(firstRow, true, firstRow + rows, false)
                .keySet()
                .forEach(row -> bits.set((int) (row - firstRow)));
        return bits;
    }

    @Override
    public void forEachOutcome(long firstRow, long lastRow, Consumer<RowOutcome> consumer) {
        if (firstRow <= lastRow) {
            open().outcomes().subMap(firstRow, true, lastRow, true).values().forEach(consumer);
        }
    }

    @Override
    public void forEachFailure(Consumer<RowOutcome> consumer) {
        open().outcomes().values().stream()
                .filter(o -> o.outcome() instanceof Outcome.Failed)
                .forEach(consumer);
    }

    @Override
    public Optional<FinishedBatch> batchStartingAt(long row) {
        return open().batches().values().stream()
                .filter(b -> b.firstRow() == row)
                .findFirst();
    }

    @Override
    public void forEachBatch(Consumer<FinishedBatch> consumer) {
        open().batches().values().forEach(consumer);
    }

    @Override
    public Counts counts() {
        return open().counts();
    }

    @Override
    public Tally tally() {
        return open().tally();
    }

    @Override
    public void publishBatches(List<FinishedBatch> batches, Runnable move) {
        List<FinishedBatch> all = List.copyOf(batches);
        open().change(epoch, () -> {
            move.run();
            all.forEach(job::putBatch);
        });
    }

    @Override
    public void publishOutput(PublishedFile output, Runnable move) {
        Objects.requireNonNull(output, "output");
        open().change(epoch, () -> {
            move.run();
            job.setOutput(output);
        });
    }

    @Override
    public long reopenFailures() {
        AtomicLong rows = new AtomicLong();
        open().change(epoch, () -> rows.set(job.reopenFailures()));
        return rows.get();
    }

    @Override
    public long reopenUnsure(String source, double confidence) {
        AtomicLong rows = new AtomicLong();
        open().change(epoch, () -> rows.set(job.reopenUnsure(source, confidence)));
        return rows.get();
    }

    @Override
    public long reopenAnswered() {
        AtomicLong rows = new AtomicLong();
        open().change(epoch, () -> rows.set(job.reopenAnswered()));
        return rows.get();
    }

    @Override
    public long applyReviews() {
        AtomicLong rows = new AtomicLong();
        open().change(epoch, () -> rows.set(job.applyReviews()));
        return rows.get();
    }

    @Override
    public void changeState(JobState state, @Nullable PauseReason reason, String message) {
        Objects.requireNonNull(message, "message");
        if (state == JobState.INTERRUPTED || (reason != null && state != JobState.PAUSED)) {
            throw new IllegalArgumentException("not a state to set: " + state + ", reason " + reason);
        }
        open().change(epoch, () -> job.setState(state, reason, message));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            job.release(epoch);
        }
    }

    private InMemoryJob open() {
        requireOpenStore.run();
        if (closed) {
            throw new IllegalStateException("job " + job.id() + " was given back");
        }
        return job;
    }

    /** The job's ledger, for as long as the job is held. */
    private final class FencedLedger implements CallLedger {
        @Override
        public long begin(CallIntent intent) {
            AtomicLong number = new AtomicLong();
            open().change(epoch, () -> number.set(job.ledger().begin(intent)));
            return number.get();
        }

        @Override
        public void answered(long call, CallAnswer answer) {
            open().change(epoch, () -> job.ledger().answered(call, answer));
        }

        @Override
        public void unbilled(long call) {
            open().change(epoch, () -> job.ledger().unbilled(call));
        }

        @Override
        public long beginAll(List<CallIntent> intents) {
            AtomicLong first = new AtomicLong();
            open().change(epoch, () -> first.set(job.ledger().beginAll(intents)));
            return first.get();
        }

        @Override
        public void endAll(SortedMap<Long, Optional<CallAnswer>> ends) {
            open().change(epoch, () -> job.ledger().endAll(ends));
        }

        @Override
        public void forEachOpen(OpenCall consumer) {
            open().ledger().forEachOpen(consumer);
        }

        @Override
        public Bill bill() {
            return open().ledger().bill();
        }

        @Override
        public void forEachAnswer(Consumer<PaidCall> consumer) {
            open().ledger().forEachAnswer(consumer);
        }

        @Override
        public void forEachUnsettled(Consumer<PaidCall> consumer) {
            open().ledger().forEachUnsettled(consumer);
        }
    }
}

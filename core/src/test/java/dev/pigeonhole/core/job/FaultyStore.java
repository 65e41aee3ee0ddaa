package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.PublishedFile;
import dev.pigeonhole.core.checkpoint.Recording;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.Tally;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.core.ledger.CallAnswer;
import dev.pigeonhole.core.ledger.CallIntent;
import dev.pigeonhole.core.ledger.CallLedger;
import dev.pigeonhole.core.ledger.PaidCall;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store whose writing operations pass a {@link Script} that may let them fail. Otherwise what the store behind it is. */
final class FaultyStore implements CheckpointStore {
    /**
     * Writing operations. Publishing counts twice, so that it can fail on either side of the move, and so do others that can fail
     * after all is done.
     */
    enum Operation {
        CREATE,
        ACQUIRE,
        RECORD,
        RECORDED,
        BEGIN_CALL,
        CALL_BEGUN,
        ANSWER_CALL,
        CALL_ANSWERED,
        PUBLISH_BATCH_BEFORE_MOVE,
        PUBLISH_BATCH_AFTER_MOVE,
        PUBLISH_OUTPUT_BEFORE_MOVE,
        PUBLISH_OUTPUT_AFTER_MOVE,
        REOPEN,
        APPLY_REVIEWS,
        CHANGE_STATE
    }

    /** Decides about each operation; throws to let it fail. */
    @FunctionalInterface
    interface Script {
        void on(Operation operation);
    }

    private final CheckpointStore store;
    private final Script script;

    FaultyStore(CheckpointStore store, Script script) {
        this.store = store;
        this.script = script;
    }

    static StorageException fault(Operation operation) {
        return new StorageException("the database is gone at " + operation, null);
    }

    @Override
    public Optional<JobRecord> createUnlessThere(JobPlan plan) {
        script.on(Operation.CREATE);
        return store.createUnlessThere(plan);
    }

    @Override
    public JobRecord create(JobPlan plan) {
        script.on(Operation.CREATE);
        return store.create(plan);
    }

    @Override
    public List<JobRecord> jobs() {
        return store.jobs();
    }

    @Override
    public Optional<JobRecord> find(String jobId) {
        return store.find(jobId);
    }

    @Override
    public Tally tally(String jobId) {
        return store.tally(jobId);
    }

    @Override
    public Counts counts(String jobId) {
        return store.counts(jobId);
    }

    @Override
    public Bill bill(String jobId) {
        return store.bill(jobId);
    }

    @Override
    public Map<AnswerKey, Outcome> known(Collection<AnswerKey> keys) {
        return store.known(keys);
    }

    @Override
    public JobLease acquire(String jobId, Holder holder) {
        script.on(Operation.ACQUIRE);
        return new FaultyLease(store.acquire(jobId, holder));
    }

    @Override
    public JobRows rows(String jobId) {
        return store.rows(jobId);
    }

    @Override
    public void delete(String jobId) {
        store.delete(jobId);
    }

    @Override
    public void close() {
        store.close();
    }

    private final class FaultyLease implements JobLease {
        private final JobLease lease;

        FaultyLease(JobLease lease) {
            this.lease = lease;
        }

        @Override
        public JobRecord job() {
            return lease.job();
        }

        @Override
        public JobRecord before() {
            return lease.before();
        }

        @Override
        public long epoch() {
            return lease.epoch();
        }

        @Override
        public void record(Recording recording) {
            if (!recording.isEmpty()) {
                script.on(Operation.RECORD);
            }
            lease.record(recording);
            if (!recording.isEmpty()) {
                script.on(Operation.RECORDED);
            }
        }

        @Override
        public Map<AnswerKey, Outcome> known(Collection<AnswerKey> keys) {
            return lease.known(keys);
        }

        @Override
        public CallLedger ledger() {
            return new FaultyLedger(lease.ledger());
        }

        @Override
        public long reopenUnsure(String source, double confidence) {
            script.on(Operation.REOPEN);
            return lease.reopenUnsure(source, confidence);
        }

        @Override
        public long reopenAnswered() {
            script.on(Operation.REOPEN);
            return lease.reopenAnswered();
        }

        @Override
        public BitSet recorded(long firstRow, int rows) {
            return lease.recorded(firstRow, rows);
        }

        @Override
        public void forEachOutcome(long firstRow, long lastRow, Consumer<RowOutcome> consumer) {
            lease.forEachOutcome(firstRow, lastRow, consumer);
        }

        @Override
        public void forEachFailure(Consumer<RowOutcome> consumer) {
            lease.forEachFailure(consumer);
        }

        @Override
        public Optional<FinishedBatch> batchStartingAt(long row) {
            return lease.batchStartingAt(row);
        }

        @Override
        public void forEachBatch(Consumer<FinishedBatch> consumer) {
            lease.forEachBatch(consumer);
        }

        @Override
        public Counts counts() {
            return lease.counts();
        }

        @Override
        public Tally tally() {
            return lease.tally();
        }

        @Override
        public void publishBatches(List<FinishedBatch> batches, Runnable move) {
            script.on(Operation.PUBLISH_BATCH_BEFORE_MOVE);
            lease.publishBatches(batches, () -> {
                move.run();
                script.on(Operation.PUBLISH_BATCH_AFTER_MOVE);
            });
        }

        @Override
        public void publishOutput(PublishedFile output, Runnable move) {
            script.on(Operation.PUBLISH_OUTPUT_BEFORE_MOVE);
            lease.publishOutput(output, () -> {
                move.run();
                script.on(Operation.PUBLISH_OUTPUT_AFTER_MOVE);
            });
        }

        @Override
        public long applyReviews() {
            script.on(Operation.APPLY_REVIEWS);
            return lease.applyReviews();
        }

        @Override
        public long reopenFailures() {
            script.on(Operation.REOPEN);
            return lease.reopenFailures();
        }

        @Override
        public void changeState(JobState state, @Nullable PauseReason reason, String message) {
            script.on(Operation.CHANGE_STATE);
            lease.changeState(state, reason, message);
        }

        @Override
        public void close() {
            lease.close();
        }
    }

    private final class FaultyLedger implements CallLedger {
        private final CallLedger ledger;

        FaultyLedger(CallLedger ledger) {
            this.ledger = ledger;
        }

        @Override
        public long begin(CallIntent intent) {
            script.on(Operation.BEGIN_CALL);
            long call = ledger.begin(intent);
            script.on(Operation.CALL_BEGUN);
            return call;
        }

        @Override
        public void answered(long call, CallAnswer answer) {
            script.on(Operation.ANSWER_CALL);
            ledger.answered(call, answer);
            script.on(Operation.CALL_ANSWERED);
        }

        @Override
        public void unbilled(long call) {
            ledger.unbilled(call);
        }

        @Override
        public long beginAll(List<CallIntent> intents) {
            return ledger.beginAll(intents);
        }

        @Override
        public void endAll(SortedMap<Long, Optional<CallAnswer>> ends) {
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
}

package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.AnswerKey;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobRows;
import dev.pigeonhole.core.checkpoint.Tally;
import dev.pigeonhole.core.ledger.Bill;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The store of a workspace that is made with its first job, so that a run that is refused leaves nothing behind. Thread-safe. */
public final class StoreOnDemand implements CheckpointStore {
    private final BooleanSupplier exists;
    private final Supplier<CheckpointStore> opener;
    private @Nullable CheckpointStore opened;

    /**
     * @param exists whether the workspace is there
     * @param opener opens it, and makes it if it is not
     */
    public StoreOnDemand(BooleanSupplier exists, Supplier<CheckpointStore> opener) {
        this.exists = exists;
        this.opener = opener;
    }

    private synchronized CheckpointStore open() {
        if (opened == null) {
            opened = opener.get();
        }
        return opened;
    }

    private synchronized boolean isEmpty() {
        return opened == null && !exists.getAsBoolean();
    }

    @Override
    public JobRecord create(JobPlan plan) {
        return open().create(plan);
    }

    @Override
    public Optional<JobRecord> createUnlessThere(JobPlan plan) {
        return open().createUnlessThere(plan);
    }

    @Override
    public List<JobRecord> jobs() {
        return isEmpty() ? List.of() : open().jobs();
    }

    @Override
    public Optional<JobRecord> find(String jobId) {
        return isEmpty() ? Optional.empty() : open().find(jobId);
    }

    @Override
    public Tally tally(String jobId) {
        return open().tally(jobId);
    }

    @Override
    public Counts counts(String jobId) {
        return open().counts(jobId);
    }

    @Override
    public Bill bill(String jobId) {
        return open().bill(jobId);
    }

    @Override
    public Map<AnswerKey, Outcome> known(Collection<AnswerKey> keys) {
        return isEmpty() ? Map.of() : open().known(keys);
    }

    @Override
    public JobLease acquire(String jobId, Holder holder) {
        return open().acquire(jobId, holder);
    }

    @Override
    public JobRows rows(String jobId) {
        return open().rows(jobId);
    }

    @Override
    public void delete(String jobId) {
        open().delete(jobId);
    }

    @Override
    public synchronized void close() {
        if (opened != null) {
            opened.close();
        }
    }
}

package dev.pigeonhole.testkit;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.util.ArrayList;
import java.util.List;

/** What the parts of the contract need. */
interface StoreUnderTest {
    CheckpointStore store();

    void dropLock(String jobId);

    /** A new job, held. */
    default JobLease newJob() {
        return store().acquire(store().create(SampleJobs.plan("job")).id(), SampleJobs.HOLDER);
    }

    static List<RowOutcome> outcomes(JobLease lease, long firstRow, long lastRow) {
        List<RowOutcome> outcomes = new ArrayList<>();
        lease.forEachOutcome(firstRow, lastRow, outcomes::add);
        return outcomes;
    }

    static List<RowOutcome> failures(JobLease lease) {
        List<RowOutcome> outcomes = new ArrayList<>();
        lease.forEachFailure(outcomes::add);
        return outcomes;
    }
}

package dev.pigeonhole.core.job;

import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.combine.BatchFileWriter;

/**
 * What all passes of a run have in common.
 *
 * @param concurrency how many calls may be in flight, at least 1
 * @param patient whether the job has not waited for the provider just before
 * @param lookAtInput throws if what was read from it must not be used
 */
record RunContext(
        JobLease lease,
        JobRequest request,
        Categorizer categorizer,
        int concurrency,
        boolean patient,
        BatchFileWriter batchFiles,
        Runnable lookAtInput,
        JobListener listener) {}

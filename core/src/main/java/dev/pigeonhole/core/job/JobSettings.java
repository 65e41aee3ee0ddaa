package dev.pigeonhole.core.job;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.categorize.RetryPolicy;
import java.util.Objects;
import java.util.Optional;

/**
 * How a job is run. Immutable; {@link #defaults} and the {@code with} methods make others.
 *
 * @param batchSize rows in a batch, from 1 to {@value #MAX_BATCH_SIZE}
 * @param subBatchSize items in a sub-batch, that is in one call, from 1 to {@value #MAX_SUB_BATCH_SIZE}
 * @param concurrency calls in flight at most; 0 to take what suits the categorizer; at most {@value #MAX_CONCURRENCY}
 * @param retries when a failed call is made again; empty to do what suits the categorizer
 * @param outputBom whether the output begins with a byte order mark
 */
public record JobSettings(
        int batchSize, int subBatchSize, int concurrency, Optional<RetryPolicy> retries, boolean outputBom) {
    public static final int MAX_BATCH_SIZE = 10_000_000;
    public static final int MAX_SUB_BATCH_SIZE = 1_000;
    public static final int MAX_CONCURRENCY = 1_024;

    public JobSettings {
        requireRange("batch size", batchSize, 1, MAX_BATCH_SIZE);
        requireRange("sub-batch size", subBatchSize, 1, MAX_SUB_BATCH_SIZE);
        requireRange("concurrency", concurrency, 0, MAX_CONCURRENCY);
        Objects.requireNonNull(retries, "retries");
    }

    /** 2,000 rows a batch, 20 items a call. */
    public static JobSettings defaults() {
        return new JobSettings(2_000, 20, 0, Optional.empty(), false);
    }

    public JobSettings withBatchSize(int rows) {
        return new JobSettings(rows, subBatchSize, concurrency, retries, outputBom);
    }

    public JobSettings withSubBatchSize(int items) {
        return new JobSettings(batchSize, items, concurrency, retries, outputBom);
    }

    public JobSettings withConcurrency(int calls) {
        return new JobSettings(batchSize, subBatchSize, calls, retries, outputBom);
    }

    public JobSettings withRetries(RetryPolicy policy) {
        return new JobSettings(batchSize, subBatchSize, concurrency, Optional.of(policy), outputBom);
    }

    public JobSettings withOutputBom(boolean bom) {
        return new JobSettings(batchSize, subBatchSize, concurrency, retries, bom);
    }

    private static void requireRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ConfigurationException(name + " must be from " + least + " to " + most + ", found " + value);
        }
    }
}

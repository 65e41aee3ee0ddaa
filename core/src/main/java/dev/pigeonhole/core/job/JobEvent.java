package dev.pigeonhole.core.job;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.categorize.LaneStatus;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.JobRecord;
import java.nio.file.Path;
import java.time.Duration;

/** What a job tells while it runs. Immutable. What it says has happened is durable. */
public sealed interface JobEvent {

    /**
     * The job begins, or goes on.
     *
     * @param done rows done in earlier runs
     * @param concurrency calls in flight at most
     */
    record Started(JobRecord job, long done, int concurrency) implements JobEvent {}

    /** More rows are done, or a second has passed. */
    record Advanced(Progress progress) implements JobEvent {}

    /** A row has failed. */
    record RowFailed(long row, FailureCause cause, int attempts, String message) implements JobEvent {}

    /**
     * A call failed and will be made again.
     *
     * @param items items in the sub-batch
     * @param attempts calls made for it so far
     * @param delay time until the next
     */
    record Retrying(int items, int attempts, Duration delay, FailureCause cause, String message) implements JobEvent {}

    /** Questions are under way in the slow lane; told when that changes, and now and then. */
    record Waiting(LaneStatus status) implements JobEvent {}

    /** A batch file is published. */
    record BatchPublished(FinishedBatch batch, Path file) implements JobEvent {}

    /** Something a user should know; one line. */
    record Notice(String message) implements JobEvent {}

    /** The run has ended. Always the last event, unless it ended by an exception. */
    record Ended(Summary summary) implements JobEvent {}
}

package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.PauseReason;
import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A job that this process holds: what it may record and publish. Thread-safe; writes are meant for one thread, the recorder.
 *
 * <p>Every method that writes returns only when the change is durable (it survives a power cut), and is atomic: after a crash it
 * has happened as a whole or not at all. It throws {@link StaleLeaseException} if another process has taken the job over, and
 * {@link dev.pigeonhole.core.StorageException} if the store fails; nothing was changed then.
 */
public interface JobLease extends AutoCloseable {
    /** The job as it is now. */
    JobRecord job();

    /** Grows with every {@link CheckpointStore#acquire}; from 1. */
    long epoch();

    /**
     * Records outcomes. A row keeps the first outcome recorded for it: recording another changes nothing.
     *
     * @param outcomes may be empty; categories are ones of the plan, to the letter
     */
    void record(Collection<RowOutcome> outcomes);

    /**
     * Which rows have an outcome.
     *
     * @param firstRow from 1
     * @param rows how many rows to look at, from 0
     * @return bit {@code i} for row {@code firstRow + i}
     */
    BitSet recorded(long firstRow, int rows);

    /** Hands over the outcomes of the rows {@code firstRow} to {@code lastRow} in row order, one at a time. */
    void forEachOutcome(long firstRow, long lastRow, Consumer<RowOutcome> consumer);

    /** Hands over all failed rows in row order, one at a time. */
    void forEachFailure(Consumer<RowOutcome> consumer);

    /** The finished batch that begins with this row. */
    Optional<FinishedBatch> batchStartingAt(long row);

    /** Hands over all finished batches by number, one at a time. */
    void forEachBatch(Consumer<FinishedBatch> consumer);

    /** Rows with an outcome, by status. Fast: finished batches are not counted again. */
    Counts counts();

    /** Like {@link CheckpointStore#tally}. */
    Tally tally();

    /**
     * Publishes a batch file and records it. A batch with this number that was recorded before is replaced.
     *
     * @param move makes the file visible under its name; run only while no other process can take the job over. If it throws,
     *     nothing is recorded
     */
    void publishBatch(FinishedBatch batch, Runnable move);

    /** Publishes the output and records it; otherwise like {@link #publishBatch}. */
    void publishOutput(PublishedFile output, Runnable move);

    /**
     * Forgets the failures that asking again can help ({@link dev.pigeonhole.core.FailureCause#canAskAgain}), and the batches
     * that hold such rows, so that the job can go on with them. What is known of the published output stays, because the file
     * does. Changes nothing if there are no such failures.
     *
     * @return how many rows
     */
    long reopenFailures();

    /**
     * Changes the state.
     *
     * @param reason why it waits; only with {@link JobState#PAUSED}
     * @param message one line for a person; may be empty
     */
    void changeState(JobState state, @Nullable PauseReason reason, String message);

    /** Gives the job back. The state stays as it was last set. Calling it twice does no harm. */
    @Override
    void close();
}

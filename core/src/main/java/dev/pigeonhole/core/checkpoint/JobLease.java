package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.ledger.CallLedger;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

    /** The job as it was when it was taken: {@link JobState#INTERRUPTED} if whoever held it last did not come to an end. */
    JobRecord before();

    /** Grows with every {@link CheckpointStore#acquire}; from 1. */
    long epoch();

    /**
     * Records outcomes and what goes with them, all or nothing. A row keeps the first outcome recorded for it, and a text the first
     * answer: recording another changes nothing.
     *
     * @param recording may be empty; categories of rows and answers are ones of the plan, to the letter, and settled calls were
     *     answered
     * @throws IllegalArgumentException they are not, or were not
     */
    void record(Recording recording);

    /** Records outcomes alone. */
    default void record(Collection<RowOutcome> outcomes) {
        record(Recording.of(outcomes));
    }

    /** Like {@link CheckpointStore#known}. */
    Map<AnswerKey, Outcome> known(Collection<AnswerKey> keys);

    /**
     * The calls of this job that cost money. Open as long as the lease. Nothing is entered from within the {@code move} of
     * {@link #publishBatch} and {@link #publishOutput}.
     */
    CallLedger ledger();

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
    default void publishBatch(FinishedBatch batch, Runnable move) {
        publishBatches(List.of(batch), move);
    }

    /**
     * Publishes the files of several batches and records them, all or none; otherwise like {@link #publishBatch}.
     *
     * @param move makes all the files visible
     */
    void publishBatches(List<FinishedBatch> batches, Runnable move);

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
     * Forgets the categories that a source gave with too little confidence, and the batches that hold such rows, so that the job can
     * go on with them. What is known of the published output stays.
     *
     * @param source as in {@link Outcome.Categorized}
     * @param confidence what has less is forgotten; what has none is kept
     * @return how many rows
     */
    long reopenUnsure(String source, double confidence);

    /**
     * Forgets every outcome that a categorizer gave, and all batches, so that they can be made anew from the stored answers. Rows
     * that nobody was asked about stay as they are, and so does what is known of the published output. All answers in the ledger
     * count as unsettled again: should this process end before they are used, the next one finds them.
     *
     * @return how many rows
     */
    long reopenAnswered();

    /**
     * Puts what people said of rows in the place of the outcomes, and forgets the batches that hold such rows, so that the job
     * can go on with them. What was recorded before is kept, and comes back when a review is withdrawn. An outcome by a person is
     * not one that a categorizer gave: {@link #reopenFailures} and {@link #reopenAnswered} leave it. Changes nothing if all is
     * applied already.
     *
     * @return how many rows have another outcome now
     */
    long applyReviews();

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

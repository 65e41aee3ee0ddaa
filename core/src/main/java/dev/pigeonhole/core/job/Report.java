package dev.pigeonhole.core.job;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.checkpoint.KnownAnswer;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the other stages tell the recorder. */
sealed interface Report {

    /**
     * Outcomes, what goes into the store with them, and what they took of the window.
     *
     * @param batch of all rows; {@link Work#NO_BATCH} in a pass that writes no batch files
     * @param answers known for other rows with the same text from now on
     * @param calls of the ledger whose answers are used up with these outcomes
     * @param places what they hold of the places in flight: 1, or 0 if the reader settled these rows itself
     * @param callNanos how long the call took; 0 if it brought no answer
     */
    record Settled(
            int batch,
            List<RowOutcome> rows,
            List<KnownAnswer> answers,
            List<Long> calls,
            int weight,
            int places,
            long callNanos)
            implements Report {}

    /**
     * The reader has seen the end of a batch.
     *
     * @param recorded rows of it that had an outcome before this run
     */
    record BatchRead(int number, long firstRow, long rows, long recorded) implements Report {}

    /** An event for the listener. */
    record Told(JobEvent event) implements Report {}

    /** The job has to wait. */
    record Pause(PauseReason reason, String message) implements Report {}

    /** A stage has ended; with an exception if it could not go on. */
    record StageEnded(@Nullable Throwable failure) implements Report {}
}

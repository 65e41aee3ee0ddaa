package dev.pigeonhole.core.job;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Agreement;
import dev.pigeonhole.core.categorize.Sentinels;
import dev.pigeonhole.core.categorize.Shortlist;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.Tally;
import dev.pigeonhole.core.ledger.Bill;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a run of a job ended. Immutable. A summary of a finished job cannot be made unless its numbers add up.
 *
 * @param jobId the job
 * @param state how it ended
 * @param reason why it waits, if it is paused
 * @param message one line about it; may be empty
 * @param rows rows of the input
 * @param tally all outcomes, counted in the store
 * @param batches batch files published
 * @param rowsBefore rows that were done when this run began
 * @param calls calls sent in this run, if they are counted in the ledger; else sub-batches answered or given up
 * @param retries calls of this run that had to be made again
 * @param bill what the paid calls add up to, earlier runs included
 * @param elapsed how long this run took
 * @param output the published output, if there is one
 * @param errors the file of failed rows, if there is one
 * @param directory the job's folder
 * @param shortlist how well the candidates served that were shown with items in this run; empty if none were
 * @param agreement of rows that were answered without asking; empty if none were
 * @param sentinels how texts of known category were answered in this run; empty if none rode along
 */
public record Summary(
        String jobId,
        JobState state,
        Optional<PauseReason> reason,
        String message,
        long rows,
        Tally tally,
        long batches,
        long rowsBefore,
        long calls,
        long retries,
        Bill bill,
        Duration elapsed,
        Optional<Path> output,
        Optional<Path> errors,
        Path directory,
        Optional<Shortlist> shortlist,
        Optional<Agreement> agreement,
        Optional<Sentinels> sentinels) {

    public Summary {
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(bill, "bill");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(shortlist, "shortlist");
        Objects.requireNonNull(agreement, "agreement");
        Objects.requireNonNull(sentinels, "sentinels");
        if (state.isFinished() && !addsUp(rows, tally)) {
            throw new IllegalStateException("the numbers do not add up: " + rows + " rows, but " + tally);
        }
    }

    /**
     * Whether every row is accounted for: rows = categorized + unmatched + failed + skipped, and the rows of all categories and
     * of all causes make up the rows that are categorized and failed.
     */
    public static boolean addsUp(long rows, Tally tally) {
        Counts counts = tally.counts();
        long byCategory =
                tally.byCategory().values().stream().mapToLong(Long::longValue).sum();
        long byCause =
                tally.byCause().values().stream().mapToLong(Long::longValue).sum();
        return rows == counts.total() && byCategory == counts.categorized() && byCause == counts.failed();
    }

    public Counts counts() {
        return tally.counts();
    }

    /** Rows without an outcome; 0 for a finished job. */
    public long left() {
        return rows - tally.counts().total();
    }
}

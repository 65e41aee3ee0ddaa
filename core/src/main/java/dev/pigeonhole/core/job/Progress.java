package dev.pigeonhole.core.job;

import dev.pigeonhole.core.categorize.Sentinels;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.ledger.Bill;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a job is, at one moment. Immutable. Counts only what is durable.
 *
 * @param rows rows of the input
 * @param counts rows done, by status, earlier runs included
 * @param rowsBefore rows that were done when this run began
 * @param calls sub-batches done in this run, answered or given up
 * @param meanCall mean time from sending to answer of the calls answered in this run; zero if there are none
 * @param inFlight calls waiting for their answer now
 * @param waiting calls waiting for their next attempt now
 * @param concurrency calls in flight at most
 * @param batches batch files published, earlier runs included
 * @param bill what the paid calls add up to, earlier runs included
 * @param elapsed since this run began its first call
 * @param sinceLast since the last answer
 * @param sentinels how texts of known category were answered in this run; empty if none ride along
 */
public record Progress(
        long rows,
        Counts counts,
        long rowsBefore,
        long calls,
        Duration meanCall,
        int inFlight,
        int waiting,
        int concurrency,
        long batches,
        Bill bill,
        Duration elapsed,
        Duration sinceLast,
        Optional<Sentinels> sentinels) {
    public Progress {
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(bill, "bill");
        Objects.requireNonNull(elapsed, "elapsed");
        Objects.requireNonNull(sentinels, "sentinels");
    }

    /** Rows done, earlier runs included. */
    public long done() {
        return counts.total();
    }

    /** Rows done by this run. */
    public long doneNow() {
        return counts.total() - rowsBefore;
    }

    /** Rows without an outcome. */
    public long left() {
        return rows - done();
    }

    /** Rounded down, so that 100 means done; 100 for an input without rows. */
    public int percent() {
        return rows == 0 ? 100 : (int) (done() * 100 / rows);
    }
}

package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong with rows and calls, for the log. Of a row's text it tells the length and a digest, never the text. Thread-safe. */
final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(Job.class);
    private static final int DIGEST_CHARS = 8;

    private final String jobId;

    FailureLog(String jobId) {
        this.jobId = jobId;
    }

    /**
     * Logs a row if it has failed.
     *
     * @param item what was asked about; null if nobody was asked
     */
    void row(RowOutcome row, @Nullable Item item) {
        if (row.outcome() instanceof Outcome.Failed failed) {
            LOG.error(
                    "row failed job={} row={} sub_batch={} cause={} attempts={} text={} message={}",
                    jobId,
                    row.row(),
                    row.subBatch(),
                    failed.cause(),
                    row.attempts(),
                    item == null ? "none" : trace(item.text()),
                    failed.message());
        }
    }

    /** Logs a call that failed and will be made again. */
    void calledAgain(Work work, Duration delay, TransientCategorizerException e) {
        LOG.warn(
                "call will be made again job={} batch={} sub_batch={} attempts={} delay_ms={} cause={} message={}",
                jobId,
                work.batch(),
                work.subBatch(),
                work.attempts(),
                delay.toMillis(),
                e.failure(),
                e.getMessage());
    }

    /** Logs what a categorizer has to say about its work. */
    void warning(String message) {
        LOG.warn("categorizer job={} message={}", jobId, message);
    }

    /** Enough to find the text again for the one who has it; the job's id keeps equal texts of other jobs apart. */
    private String trace(String text) {
        return text.length() + " chars #" + Digest.sha256(jobId + text).substring(0, DIGEST_CHARS);
    }
}

package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.MissingKeyException;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import dev.pigeonhole.core.checkpoint.StaleLeaseException;
import dev.pigeonhole.core.job.Summary;

/** What the process says to its caller when it ends. Scripts rely on these numbers; treat unknown ones as failures. */
final class ExitCode {
    static final int DONE = 0;
    static final int UNEXPECTED = 1;
    static final int USAGE = 2;
    static final int SOME_ROWS_FAILED = 3;
    static final int KEY_OR_QUOTA = 4;
    static final int STOPPED_BY_LIMIT = 5;
    static final int INPUT_UNREADABLE = 6;
    static final int QUALITY = 7;
    static final int LOCKED = 9;
    static final int INTERRUPTED = 130;
    static final int TERMINATED = 143;

    private ExitCode() {}

    static int of(Throwable failure) {
        if (failure instanceof MissingKeyException) {
            return KEY_OR_QUOTA;
        } else if (failure instanceof ConfigurationException) {
            return USAGE;
        } else if (failure instanceof InputException) {
            return INPUT_UNREADABLE;
        } else if (failure instanceof JobLockedException || failure instanceof StaleLeaseException) {
            return LOCKED;
        } else if (failure instanceof StorageException) {
            return STOPPED_BY_LIMIT;
        }
        return UNEXPECTED;
    }

    /**
     * The code for a run that ended without an exception.
     *
     * @param bySignal 130 or 143 if a signal asked the job to pause, else 130
     */
    static int of(Summary summary, int bySignal) {
        return switch (summary.state()) {
            case COMPLETED -> DONE;
            case COMPLETED_WITH_FAILURES -> SOME_ROWS_FAILED;
            case PAUSED -> of(summary.reason().orElse(PauseReason.USER), bySignal);
            case RUNNING, FAILED, INTERRUPTED -> UNEXPECTED;
        };
    }

    private static int of(PauseReason reason, int bySignal) {
        return switch (reason) {
            case USER, CANCELLED -> bySignal;
            case BUDGET, PROVIDER_UNAVAILABLE, DRIFT -> STOPPED_BY_LIMIT;
            case KEY_REJECTED, QUOTA -> KEY_OR_QUOTA;
        };
    }
}

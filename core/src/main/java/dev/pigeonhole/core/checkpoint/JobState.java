package dev.pigeonhole.core.checkpoint;

/** Where a job stands. */
public enum JobState {
    /** A process works on it. */
    RUNNING,
    /** It waits, for a reason that is kept with it. */
    PAUSED,
    /** Every row is done, and the output is published. */
    COMPLETED,
    /** The output is published; some rows have failed. */
    COMPLETED_WITH_FAILURES,
    /** It ended by an error that is kept with it; it can be resumed once the cause is gone. */
    FAILED,
    /** Its process is gone without a word. Never stored: seen when a running job is held by nobody. */
    INTERRUPTED;

    /** Whether the output is published. */
    public boolean isFinished() {
        return this == COMPLETED || this == COMPLETED_WITH_FAILURES;
    }
}

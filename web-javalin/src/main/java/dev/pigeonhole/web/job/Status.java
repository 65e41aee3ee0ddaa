package dev.pigeonhole.web.job;

import dev.pigeonhole.core.checkpoint.JobState;
import java.util.Locale;

/** Where a job stands, as people see it. */
enum Status {
    QUEUED,
    RUNNING,
    PAUSING,
    PAUSED,
    COMPLETED,
    COMPLETED_WITH_FAILURES,
    FAILED,
    INTERRUPTED;

    /** Of a job that is at rest here, or that somebody else runs. */
    static Status of(JobState state) {
        return switch (state) {
            case RUNNING -> RUNNING;
            case PAUSED -> PAUSED;
            case COMPLETED -> COMPLETED;
            case COMPLETED_WITH_FAILURES -> COMPLETED_WITH_FAILURES;
            case FAILED -> FAILED;
            case INTERRUPTED -> INTERRUPTED;
        };
    }

    boolean isFinished() {
        return this == COMPLETED || this == COMPLETED_WITH_FAILURES;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.pigeonhole.web.job;

/** What this desk does with a job. */
enum Phase {
    /** Nothing; somebody else may. */
    IDLE,
    /** It waits for its turn. */
    QUEUED,
    RUNNING,
    /** It was asked to stop, and calls are in flight. */
    PAUSING
}

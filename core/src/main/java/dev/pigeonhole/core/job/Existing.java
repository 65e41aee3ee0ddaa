package dev.pigeonhole.core.job;

/** What to do when there is a job for the same input and output already. */
public enum Existing {
    /** Go on with it; if it is finished, nothing is left to do. The default. */
    RESUME,
    /** Refuse. */
    FAIL,
    /** Begin a new job; its output replaces the file that is there. */
    NEW
}

package dev.pigeonhole.web.job;

/** Why a job is run. */
enum Purpose {
    /** To ask about the rows that are left. */
    RESUME,
    /** To ask again about those that failed. */
    RETRY,
    /** To write what people said into the output; asks nobody. */
    PUBLISH
}

package dev.pigeonhole.web.job;

import dev.pigeonhole.core.checkpoint.JobRecord;

/** The files that were made for jobs besides those in their own folders. Thread-safe. */
public interface JobFiles {
    /** A job is about to be deleted on purpose: what was made for it may go, should this process end before {@link #removed}. */
    void removing(JobRecord job);

    /** A job is gone; what was made for it alone may go. Doing so twice does no harm. */
    void removed(JobRecord job);
}

package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.PermanentException;

/** Another process has taken the job over since; this one may not record or publish anything more. */
public final class StaleLeaseException extends PermanentException {
    public StaleLeaseException(String jobId, long epoch) {
        super("job " + jobId + " was taken over by another process (this one held epoch " + epoch + ")", null);
    }
}

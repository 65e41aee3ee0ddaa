package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.PermanentException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another process, or another part of this one, works on the job. */
public final class JobLockedException extends PermanentException {
    private final @Nullable Holder holder;

    public JobLockedException(String jobId, @Nullable Holder holder) {
        super(
                "job " + jobId + " is being run by "
                        + (holder == null ? "another process" : holder)
                        + "; wait for it to end, or stop it there",
                null);
        this.holder = holder;
    }

    /** Who holds it, as far as is known. */
    public Optional<Holder> holder() {
        return Optional.ofNullable(holder);
    }
}

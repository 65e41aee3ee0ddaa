package dev.pigeonhole.core.checkpoint;

import java.time.Instant;
import java.util.Objects;

/**
 * Who works on a job. For people; the lock itself is not decided by it.
 *
 * @param pid process id on that host
 * @param host name of the machine
 * @param since when the job was taken
 */
public record Holder(long pid, String host, Instant since) {
    public Holder {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(since, "since");
    }

    @Override
    public String toString() {
        return "process " + pid + " on " + host + " since " + since;
    }
}

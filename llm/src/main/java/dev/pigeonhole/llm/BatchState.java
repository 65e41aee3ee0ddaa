package dev.pigeonhole.llm;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a batch stands, as the provider says. Immutable.
 *
 * @param id the provider's
 * @param requests in it; 0 as long as they are not counted
 * @param completed of these
 * @param failed of these; what it says is not to be relied on
 * @param outputFile id of the file with the answers; empty if there is none yet, or none at all
 * @param errorFile id of the file with the requests that failed; empty if there is none
 * @param errors why the whole batch was refused, a line each; empty if it was not
 * @param expires when the provider gives up; empty if it does not say
 */
public record BatchState(
        String id,
        Status status,
        long requests,
        long completed,
        long failed,
        Optional<String> outputFile,
        Optional<String> errorFile,
        List<String> errors,
        Optional<Instant> expires) {
    /** Where it is in its life. */
    public enum Status {
        /** Not looked at, being worked on, being written, or being cancelled: wait. */
        UNDER_WAY,
        /** Ended by itself; there may be answers, errors, both or neither. */
        COMPLETED,
        /** Refused as a whole; nothing was done. */
        FAILED,
        /** Out of time; what was done is there, and costs. */
        EXPIRED,
        /** Ended because that was asked for; what was done is there, and costs. */
        CANCELLED;

        public boolean isOver() {
            return this != UNDER_WAY;
        }
    }

    public BatchState {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(outputFile, "outputFile");
        Objects.requireNonNull(errorFile, "errorFile");
        errors = List.copyOf(errors);
        Objects.requireNonNull(expires, "expires");
    }
}

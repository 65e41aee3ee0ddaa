package dev.pigeonhole.core.categorize;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a {@link Lane} stands. Immutable.
 *
 * @param submissions handed over and not fetched yet
 * @param questions in these
 * @param answered of these, as far as the provider says
 * @param rows in these questions
 * @param deadline when what is left is asked about otherwise, if that was told
 */
public record LaneStatus(int submissions, long questions, long answered, long rows, Optional<Instant> deadline) {
    /** Nothing is under way. */
    public static final LaneStatus NONE = new LaneStatus(0, 0, 0, 0, Optional.empty());

    public LaneStatus {
        Objects.requireNonNull(deadline, "deadline");
    }
}

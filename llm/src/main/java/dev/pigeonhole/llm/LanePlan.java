package dev.pigeonhole.llm;

import dev.pigeonhole.llm.lane.Intervals;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the user has said about the lane. Immutable.
 *
 * @param open whether it takes questions; if not, it only ends what an earlier run has left under way
 * @param patience how long the lane may take, from the first question on; empty for as long as it takes
 * @param intervals between looks at the provider
 */
record LanePlan(boolean open, Optional<Duration> patience, Intervals intervals) {
    /** @param begun when the first question was put; null if none was */
    Optional<Instant> deadline(@Nullable Instant begun) {
        return begun == null ? Optional.empty() : patience.map(begun::plus);
    }

    boolean isOver(Instant now, @Nullable Instant begun) {
        return !open || deadline(begun).filter(end -> !now.isBefore(end)).isPresent();
    }

    /** The earlier of a time and the deadline, if that is still to come. */
    Instant beforeDeadline(Instant now, Instant due, @Nullable Instant begun) {
        return deadline(begun)
                .filter(end -> now.isBefore(end) && end.isBefore(due))
                .orElse(due);
    }
}

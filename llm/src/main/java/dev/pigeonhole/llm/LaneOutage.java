package dev.pigeonhole.llm;

import dev.pigeonhole.llm.lane.Intervals;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How long nothing was heard of a provider's batches. Not thread-safe. */
final class LaneOutage {
    /** An outage that takes so much less than the longest is not worth a word: a minute by default. */
    private static final int SHORT = 60;

    private final Intervals intervals;
    private final Consumer<String> warnings;
    private @Nullable Instant since;
    private boolean isTold;

    LaneOutage(Intervals intervals, Consumer<String> warnings) {
        this.intervals = intervals;
        this.warnings = warnings;
    }

    /** The provider has answered. */
    void ends() {
        since = null;
        isTold = false;
    }

    /** Nothing was heard again; told once, and not if it is over after a few seconds. */
    void goesOn(Instant now, ChatFailedException e) {
        Instant begin = since == null ? now : since;
        since = begin;
        Duration lasted = Duration.between(begin, now);
        if (!isTold && lasted.compareTo(intervals.patience().dividedBy(SHORT)) > 0) {
            isTold = true;
            Instant end = begin.plus(intervals.patience());
            warnings.accept("nothing is heard of the provider's batches: " + e.getMessage() + "; tried again until "
                    + end.truncatedTo(ChronoUnit.SECONDS) + ", then the job pauses");
        }
    }

    /** Whether it makes no sense to wait any longer. */
    boolean isTooLong(Instant now) {
        return since != null && Duration.between(since, now).compareTo(intervals.patience()) > 0;
    }
}

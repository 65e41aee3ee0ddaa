package dev.pigeonhole.fakellm;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what comes to the batch lane, each kind apart, and finds the faults of it. Thread-safe. */
final class LaneFaults {
    private final Faults faults;
    private final long seed;
    private final LaneClock clock;
    private final Map<FaultRule.Where, Long> counts = new EnumMap<>(FaultRule.Where.class);
    private @Nullable Instant first;

    LaneFaults(Faults faults, long seed, LaneClock clock) {
        this.faults = faults;
        this.seed = seed;
        this.clock = clock;
    }

    /** A call comes: it has its own number among its kind, and one among all calls of the lane. */
    synchronized Optional<FaultRule> call(FaultRule.Where kind) {
        Optional<FaultRule> own = next(kind, "");
        long number = counts.merge(FaultRule.Where.LANE, 1L, Long::sum);
        return own.or(() -> draw(FaultRule.Where.LANE, number, ""));
    }

    /** @param text in which a rule's marker is looked for */
    synchronized Optional<FaultRule> next(FaultRule.Where kind, String text) {
        return draw(kind, counts.merge(kind, 1L, Long::sum), text);
    }

    private Optional<FaultRule> draw(FaultRule.Where kind, long number, String text) {
        Instant now = clock.now();
        first = first == null ? now : first;
        double chance = Chance.of(seed, number, "fault of " + kind).nextDouble();
        return faults.next(kind, number, Duration.between(first, now), text, chance);
    }

    synchronized Map<FaultRule.Where, Long> counts() {
        return new EnumMap<>(counts);
    }

    synchronized void clear() {
        counts.clear();
        first = null;
    }
}

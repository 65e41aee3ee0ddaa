package dev.pigeonhole.llm.pace;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Spreads requests evenly, a little below the limit: what the user told, what the server said, the smaller of both. While nobody
 * has said anything, the first calls are let go at a moderate rate, so that a burst cannot overrun a small bucket unseen. Not
 * thread-safe.
 *
 * <p>The rate limiter is one of fixed windows, so its windows are made as small as they can be. It is made anew when the limit
 * changes: changing it would leave those who have a slot in the old schedule. So it is after a pause: what is left of the window
 * that is just running, and the next window right after it, would be too much for a small bucket.
 */
final class RequestRate {
    /** Pacing at exactly the limit meets it, by jitter alone. */
    static final double SHARE = 0.985;

    private static final long RAMP_PER_MINUTE = 400 * 60;
    private static final long MOST_PER_MINUTE = 60_000_000;
    private static final double WINDOW_SECONDS = 0.05;
    private static final Duration LONGEST_WAIT = Duration.ofDays(3_650);

    private final OptionalInt told;
    private OptionalLong learned = OptionalLong.empty();
    private boolean answered;
    private long perMinute;
    private @Nullable RateLimiter limiter;
    private OptionalLong slot = OptionalLong.empty();
    private long now;
    private long lastTaken;

    RequestRate(OptionalInt told) {
        this.told = told;
        set(wanted());
    }

    /** Whether a limit is known, from the user or from the server. */
    boolean isLimited() {
        return told.isPresent() || learned.isPresent();
    }

    /** How long until a request may be sent; a slot is kept for it until {@link #take}. */
    long waitNanos(long time) {
        now = time;
        if (limiter == null) {
            return 0;
        }
        if (hasPaused(limiter.getRateLimiterConfig())) {
            slot = OptionalLong.empty();
            limiter = limiter();
        }
        if (slot.isEmpty()) {
            slot = OptionalLong.of(now + Math.max(0, limiter.reservePermission()));
        }
        return Math.max(0, slot.getAsLong() - now);
    }

    /** Whether nobody was sent for so long that the windows may begin anew. A slot that was missed by little is made up for. */
    private boolean hasPaused(RateLimiterConfig config) {
        long window = config.getLimitRefreshPeriod().toNanos();
        if (slot.isEmpty()) {
            return now - lastTaken >= window;
        }
        return now - slot.getAsLong() >= (config.getLimitForPeriod() == 1 ? window / 4 : window);
    }

    void take(long time) {
        lastTaken = time;
        slot = OptionalLong.empty();
    }

    void learned(long time, long limit) {
        now = time;
        learned = OptionalLong.of(limit);
        change();
    }

    /** The first answer ends the careful beginning, whether or not it named a limit. */
    void answered() {
        if (!answered) {
            answered = true;
            change();
        }
    }

    private void change() {
        long wanted = wanted();
        if (wanted == perMinute) {
            return;
        }
        set(wanted);
        slot = OptionalLong.empty();
        if (limiter != null) {
            limiter.drainPermissions(); // What was sent under the old limit was sent.
            lastTaken = now;
        }
    }

    /** Requests a minute; 0 for no limit. */
    private long wanted() {
        if (!isLimited()) {
            return answered ? 0 : RAMP_PER_MINUTE;
        }
        long limit = Math.min(told.orElse(Integer.MAX_VALUE), learned.orElse(Long.MAX_VALUE));
        return Math.min(limit, MOST_PER_MINUTE);
    }

    private void set(long wanted) {
        perMinute = wanted;
        limiter = wanted == 0 ? null : limiter();
    }

    private RateLimiter limiter() {
        double perSecond = perMinute * SHARE / 60;
        int atOnce = (int) Math.max(1, perSecond * WINDOW_SECONDS);
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(atOnce)
                .limitRefreshPeriod(Duration.ofNanos((long) Math.ceil(atOnce / perSecond * 1e9)))
                .timeoutDuration(LONGEST_WAIT)
                .build();
        return RateLimiter.of("requests", config, () -> now);
    }
}

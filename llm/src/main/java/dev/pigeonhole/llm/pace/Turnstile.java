package dev.pigeonhole.llm.pace;

import java.time.Duration;

/**
 * Decides whether the next call may be sent now, and learns from how calls end. It knows no clock and waits for nobody: the time
 * is handed in, in nanoseconds from any point, never backwards. Not thread-safe.
 */
final class Turnstile {
    /** A wait that ends only with another call. */
    static final long UNTIL_CHANGE = Long.MAX_VALUE;

    private static final long FLAPPING_NANOS = Duration.ofSeconds(5).toNanos();

    /**
     * A call that was let through.
     *
     * @param number of the call, from 1 in the order of sending
     * @param tokens that were set aside for it
     */
    record Pass(long number, long sentAt, long tokens) {}

    private final RequestRate requests;
    private final TokenBucket tokens;
    private final Breather breather = new Breather();
    private final Places places;
    private final OutageBrake brake = new OutageBrake();
    private long newest;
    private long heardFrom;

    Turnstile(PaceSettings settings) {
        this.requests = new RequestRate(settings.rpm());
        this.tokens = new TokenBucket(settings.tpm());
        this.places = new Places(settings.concurrency(), settings.concurrencyTold());
    }

    /**
     * How long until a call may be sent, in nanoseconds, unless another call ends before. Only if it is 0 the call may be sent.
     */
    long waitNanos(long now, long needed) {
        if (!places.isFree(brake.isSet())) {
            return UNTIL_CHANGE;
        }
        long wait = Math.max(brake.waitNanos(now), breather.waitNanos(now));
        if (wait == 0) {
            wait = tokens.waitNanos(now, needed);
        }
        return wait == 0 ? requests.waitNanos(now) : wait;
    }

    /** Lets through a call that has no longer to wait. */
    Pass take(long now, long needed) {
        Pass pass = new Pass(++newest, now, needed);
        requests.take(now);
        tokens.take(now, needed);
        places.take(pass);
        brake.sent(pass);
        return pass;
    }

    /** @param used what the call really took; 0 if nobody said it */
    void answered(Pass pass, long now, long used, RateLimits limits, Duration took) {
        hear(pass, now, limits);
        requests.answered();
        if (used > 0) {
            tokens.settle(now, pass, pass.tokens() - used);
        }
        if (isUsedUp(limits, pass)) {
            breather.warned(now, pass.sentAt());
        } else {
            breather.answered(pass.sentAt());
        }
        if (brake.answered(now, pass)) {
            places.beginRound();
        }
        places.give();
        places.answered(now, pass, took);
    }

    void limited(Pass pass, long now, RateLimits limits) {
        hear(pass, now, limits);
        tokens.giveBack(now, pass, pass.tokens());
        places.give();
        boolean noTokens = isUsedUp(limits.tokens(), Math.max(1, pass.tokens()));
        if (noTokens) {
            tokens.empty(now);
        }
        if (isExplained(limits, pass)) {
            boolean news = breather.limited(now, pass.sentAt());
            if (news && noTokens) {
                tokens.distrust();
            }
            places.saidNothing(now, pass);
        } else if (!brake.isSet() && places.limited(now, pass)) {
            breather.limited(now, pass.sentAt());
        }
    }

    void failed(Pass pass, long now, RateLimits limits) {
        hear(pass, now, limits);
        places.give();
        if (brake.failed(now, pass)) {
            boolean flapping = now - brake.releasedAt() < FLAPPING_NANOS;
            if (flapping) {
                places.cut(now);
            } else {
                places.restore(now);
            }
        } else if (!brake.isSet()) {
            places.failed(now, pass);
        }
    }

    void released(Pass pass, long now) {
        tokens.giveBack(now, pass, pass.tokens());
        places.give();
        places.saidNothing(now, pass);
    }

    int limitInFlight() {
        return places.limit();
    }

    /** Takes over what the server said, unless a call that was sent later has said something. */
    private void hear(Pass pass, long now, RateLimits limits) {
        if (pass.number() < heardFrom) {
            return;
        }
        limits.requests().limit().ifPresent(limit -> {
            heardFrom = pass.number();
            requests.learned(now, limit);
        });
        limits.tokens().limit().ifPresent(limit -> {
            heardFrom = pass.number();
            tokens.learned(now, limit);
        });
    }

    /** Whether the buckets know of a limit that this call may have met; then it says nothing about calls in flight. */
    private boolean isExplained(RateLimits limits, Pass pass) {
        boolean saidNothing = limits.requests().remaining().isEmpty()
                && limits.tokens().remaining().isEmpty();
        return (requests.isLimited() || tokens.isLimited()) && (saidNothing || isUsedUp(limits, pass));
    }

    private static boolean isUsedUp(RateLimits limits, Pass pass) {
        return isUsedUp(limits.requests(), 1) || isUsedUp(limits.tokens(), Math.max(1, pass.tokens()));
    }

    private static boolean isUsedUp(RateLimits.Limit limit, long needed) {
        return limit.limit().isPresent()
                && limit.remaining().isPresent()
                && limit.remaining().getAsLong()
                        < Math.min(needed, limit.limit().getAsLong());
    }
}

package dev.pigeonhole.llm.pace;

import java.util.OptionalLong;

/**
 * A bucket of tokens that fills a little slower than the limit, from which every call takes the most it may need, and into which
 * it gives back what it did not. It holds half a second's worth; a call that needs more waits until the bucket is full, and
 * leaves a debt. Some servers count what a call may take and not what it took: each time the server's bucket turns out to be empty
 * before this one, a smaller part is given back. On top of that no more than the limit is set aside in any minute. Not thread-safe.
 */
final class TokenBucket {
    private static final double CAPACITY_SECONDS = 0.5;
    private static final double NANOS_PER_MINUTE = 60e9;
    private static final double DISTRUST = 0.2;
    private static final double TRUST_A_MINUTE = 0.1;

    private final OptionalLong told;
    private final TokenMinute minute = new TokenMinute();
    private long limit;
    private double level;
    private double trust = 1;
    private long filledAt;

    TokenBucket(OptionalLong told) {
        this.told = told;
        this.limit = told.orElse(0);
        this.level = capacity();
    }

    boolean isLimited() {
        return limit > 0;
    }

    /** How long until a call may be sent that needs so many. */
    long waitNanos(long now, long needed) {
        if (!isLimited()) {
            return 0;
        }
        fill(now);
        double missing = Math.min((double) needed, capacity()) - level;
        long untilFull = missing <= 0 ? 0 : (long) Math.ceil(missing / perNano());
        return Math.max(untilFull, minute.waitNanos(now, needed, limit));
    }

    void take(long now, long needed) {
        fill(now);
        level -= needed;
        minute.add(now, needed);
    }

    /**
     * A call was answered.
     *
     * @param unused of what was set aside; below 0 if it took more than that
     */
    void settle(long now, Turnstile.Pass pass, long unused) {
        giveBack(now, pass, unused > 0 ? (long) (unused * trust) : unused);
    }

    void giveBack(long now, Turnstile.Pass pass, long amount) {
        fill(now);
        level = Math.min(capacity(), level + amount);
        minute.subtract(pass.sentAt(), amount);
    }

    /** The server's bucket is empty, whatever was thought. */
    void empty(long now) {
        fill(now);
        level = Math.min(level, 0);
    }

    /** Gives back less from now on. */
    void distrust() {
        trust = Math.max(0, trust - DISTRUST);
    }

    void learned(long now, long said) {
        long smaller = Math.min(said, told.orElse(Long.MAX_VALUE));
        if (smaller == limit) {
            return;
        }
        fill(now);
        level = isLimited() ? level : 0; // What was sent unseen may have emptied the server's bucket.
        limit = smaller;
        level = Math.min(level, capacity());
        minute.clear(); // What the old limit allowed was allowed.
    }

    private void fill(long now) {
        if (isLimited()) {
            level = Math.min(capacity(), level + (now - filledAt) * perNano());
            trust = Math.min(1, trust + (now - filledAt) / NANOS_PER_MINUTE * TRUST_A_MINUTE);
        }
        filledAt = now;
    }

    private double capacity() {
        return limit * RequestRate.SHARE / 60 * CAPACITY_SECONDS;
    }

    private double perNano() {
        return limit * RequestRate.SHARE / NANOS_PER_MINUTE;
    }
}

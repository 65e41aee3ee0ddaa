package dev.pigeonhole.llm.pace;

import java.time.Duration;
import java.util.BitSet;

/**
 * Holds back while the server is down: set when of 32 calls sent one after the other 60 % have failed, then one call in a while is
 * sent to see, and the first answer to one of those releases it. The order of sending counts, not that of ending: failures come
 * back sooner than answers, so that the calls that ended last say too little good of the server. Not thread-safe.
 */
final class OutageBrake {
    private static final int LOOKED_AT = 32;
    private static final int TOO_MANY = 20;
    private static final int REMEMBERED = 4_096;
    private static final long FIRST_INTERVAL = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_INTERVAL = Duration.ofMillis(500).toNanos();
    private static final long NEVER = -Duration.ofDays(1).toNanos();

    /** Which calls failed, by their number, as far as they are remembered. */
    private final BitSet failed = new BitSet(REMEMBERED);

    private long newest;
    private boolean set;
    private long setAt;
    private long releasedAt = NEVER;
    private long nextProbe;
    private long interval = FIRST_INTERVAL;

    boolean isSet() {
        return set;
    }

    long releasedAt() {
        return releasedAt;
    }

    long waitNanos(long now) {
        return set ? Math.max(0, nextProbe - now) : 0;
    }

    void sent(Turnstile.Pass pass) {
        newest = pass.number();
        failed.clear(index(newest));
        if (set) {
            nextProbe = pass.sentAt() + interval;
            interval = Math.min(LONGEST_INTERVAL, interval + interval / 2);
        }
    }

    /** Whether this answer released the brake. */
    boolean answered(long now, Turnstile.Pass pass) {
        if (!set || pass.sentAt() < setAt) {
            return false;
        }
        set = false;
        releasedAt = now;
        failed.clear();
        return true;
    }

    /** Whether this failure set the brake. */
    boolean failed(long now, Turnstile.Pass pass) {
        boolean old = pass.sentAt() < releasedAt || pass.number() <= newest - REMEMBERED + LOOKED_AT;
        if (set || old) {
            return false;
        }
        failed.set(index(pass.number()));
        if (failuresUntil(pass.number()) < TOO_MANY && failuresUntil(pass.number() + LOOKED_AT / 2) < TOO_MANY) {
            return false;
        }
        set = true;
        setAt = now;
        interval = FIRST_INTERVAL;
        nextProbe = now + interval;
        return true;
    }

    private int failuresUntil(long number) {
        long last = Math.min(newest, number);
        int failures = 0;
        for (long other = last; other > last - LOOKED_AT && other > 0; other--) {
            failures += failed.get(index(other)) ? 1 : 0;
        }
        return failures;
    }

    private static int index(long number) {
        return (int) (number % REMEMBERED);
    }
}

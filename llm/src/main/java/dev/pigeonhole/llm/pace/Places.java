package dev.pigeonhole.llm.pace;

import java.time.Duration;

/**
 * How many calls may be in flight: more while they go well, fewer when too many are turned away for a reason that no bucket
 * explains. Judged round by round; a round is some calls sent one after the other, after the last judgement. Those of them that
 * have not ended count as good: failures come back sooner than answers. Not thread-safe.
 */
final class Places {
    private static final int FIRST = 4;
    private static final double KEPT = 0.7;
    private static final double BEARABLE_LIMITED = 0.10;
    private static final double BEARABLE_FAILED = 0.30;
    private static final int LARGEST_ROUND = 50;
    private static final int ROUNDS_PER_STEP = 4;
    private static final long SHORTEST_BETWEEN_CUTS = Duration.ofMillis(200).toNanos();

    /** A cut sooner than this after another has the same cause, which is still there. */
    private static final long ONE_TROUBLE = Duration.ofSeconds(5).toNanos();

    private final int most;
    private int limit;
    /** Up to here it grows twofold, above step by step. */
    private int known;

    private int step = 1;
    private int cleanRounds;
    private int inFlight;
    private long newest;

    private long roundFrom = 1;
    private int roundSize;
    private int peak;
    private int ended;
    private int limited;
    private int failed;

    private long nextCut;
    private long lastCut = -ONE_TROUBLE;
    private int beforeTrouble;
    private long roundTrip;

    Places(int most, boolean told) {
        this.most = most;
        this.known = most;
        this.limit = told ? most : Math.min(FIRST, most);
        beginRound();
    }

    int limit() {
        return limit;
    }

    /** @param all whether to look only at the most there may ever be */
    boolean isFree(boolean all) {
        return inFlight < (all ? most : limit);
    }

    void take(Turnstile.Pass pass) {
        newest = pass.number();
        inFlight++;
        peak = Math.max(peak, inFlight);
    }

    void give() {
        inFlight--;
    }

    void answered(long now, Turnstile.Pass pass, Duration took) {
        roundTrip = roundTrip == 0 ? took.toNanos() : roundTrip + (took.toNanos() - roundTrip) / 8;
        ended(now, pass, 0, 0);
    }

    /** Whether these were too many of the round; then places were given up, if the last time is not too near. */
    boolean limited(long now, Turnstile.Pass pass) {
        return ended(now, pass, 1, 0);
    }

    void failed(long now, Turnstile.Pass pass) {
        ended(now, pass, 0, 1);
    }

    private boolean ended(long now, Turnstile.Pass pass, int wasLimited, int hasFailed) {
        if (pass.number() < roundFrom || pass.number() >= roundFrom + roundSize) {
            return false;
        }
        ended++;
        limited += wasLimited;
        failed += hasFailed;
        if (limited > bar(BEARABLE_LIMITED) || failed > bar(BEARABLE_FAILED)) {
            cut(now);
            return true;
        }
        if (ended * 4 >= roundSize * 3) {
            if (peak * 10 >= limit * 9) {
                grow();
            }
            beginRound();
        }
        return false;
    }

    /** A share of the round, and what chance may add to it. */
    private double bar(double share) {
        return share * roundSize + 2 * Math.sqrt(share * (1 - share) * roundSize);
    }

    /** Gives up a part of the places, unless that was done less than a round trip ago. */
    void cut(long now) {
        if (now >= nextCut) {
            nextCut = now + Math.max(roundTrip, SHORTEST_BETWEEN_CUTS);
            int before = limit;
            limit = Math.max(1, (int) (limit * KEPT));
            boolean again = isRecent(now);
            known = again ? limit : before;
            beforeTrouble = again ? beforeTrouble : before;
            lastCut = now;
            step = 1;
            cleanRounds = 0;
        }
        beginRound();
    }

    /** Takes back recent cuts: they came of something that has nothing to do with the number of calls. */
    void restore(long now) {
        if (isRecent(now)) {
            limit = Math.max(limit, beforeTrouble);
            known = limit;
        }
        beginRound();
    }

    private boolean isRecent(long now) {
        return now - lastCut < ONE_TROUBLE;
    }

    private void grow() {
        if (limit < known) {
            limit = Math.min(known, limit * 2);
            return;
        }
        limit = Math.min(most, limit + step);
        cleanRounds++;
        if (cleanRounds % ROUNDS_PER_STEP == 0) {
            step = Math.min(most, step * 2);
        }
    }

    /** Judges only by calls that are sent from now on. */
    void beginRound() {
        roundFrom = newest + 1;
        roundSize = Math.max(FIRST, Math.min(LARGEST_ROUND, limit));
        peak = inFlight;
        ended = 0;
        limited = 0;
        failed = 0;
    }
}

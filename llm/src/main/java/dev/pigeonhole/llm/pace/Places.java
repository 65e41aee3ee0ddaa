package dev.pigeonhole.llm.pace;

import java.time.Duration;

/**
 * How many calls may be in flight: more while they go well, fewer when too many are turned away for a reason that no bucket
 * explains. Judged round by round; a round is some calls sent one after the other, after the last judgement. Those of them that
 * have not ended count as good: failures come back sooner than answers. Those that say nothing make the round smaller; without
 * an answer nothing grows. Not thread-safe.
 */
final class Places {
    private static final int FIRST = 4;
    private static final double KEPT = 0.7;
    private static final double BEARABLE_LIMITED = 0.10;
    private static final double BEARABLE_FAILED = 0.30;
    private static final int LARGEST_ROUND = 50;
    private static final int ROUNDS_PER_STEP = 4;

    /** So many rounds' worth of later calls have ended: the rest of the round hangs, and is not waited for. */
    private static final int ROUNDS_LATE = 2;

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
    private int answered;
    private int limited;
    private int failed;
    private int silent;
    private int later;

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
        if (countsInRound(pass)) {
            answered++;
        }
        judge(now);
    }

    /** Whether these were too many of the round; then places were given up, if the last time is not too near. */
    boolean limited(long now, Turnstile.Pass pass) {
        if (countsInRound(pass)) {
            limited++;
        }
        return judge(now);
    }

    void failed(long now, Turnstile.Pass pass) {
        if (countsInRound(pass)) {
            failed++;
        }
        judge(now);
    }

    /** A call ended in a way that says nothing about the number of calls in flight. */
    void saidNothing(long now, Turnstile.Pass pass) {
        if (countsInRound(pass)) {
            silent++;
        }
        judge(now);
    }

    private boolean countsInRound(Turnstile.Pass pass) {
        boolean late = pass.number() >= roundFrom + roundSize;
        if (late) {
            later++;
        }
        return !late && pass.number() >= roundFrom;
    }

    private boolean judge(long now) {
        if (limited > bar(BEARABLE_LIMITED) || failed > bar(BEARABLE_FAILED)) {
            cut(now);
            return true;
        }
        int ended = answered + limited + failed + silent;
        if (ended * 4 >= roundSize * 3) {
            if (answered > 0 && peak * 10 >= limit * 9) {
                grow();
            }
            beginRound();
        } else if (later >= ROUNDS_LATE * roundSize) {
            beginRound();
        }
        return false;
    }

    /** A share of those of the round that say something, and what chance may add to it. */
    private double bar(double share) {
        int size = Math.max(FIRST, roundSize - silent);
        return share * size + 2 * Math.sqrt(share * (1 - share) * size);
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
        answered = 0;
        limited = 0;
        failed = 0;
        silent = 0;
        later = 0;
    }
}

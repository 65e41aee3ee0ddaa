package dev.pigeonhole.llm.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnstileTest {
    private static final long SECOND = 1_000_000_000;
    private static final Duration TOOK = Duration.ofSeconds(1);

    private static PaceSettings settings(int rpm, long tpm, int places, boolean told) {
        return new PaceSettings(OptionalInt.of(rpm), OptionalLong.of(tpm), places, told);
    }

    private static RateLimits requests(long limit) {
        return new RateLimits(
                new RateLimits.Limit(OptionalLong.of(limit), OptionalLong.empty(), Optional.empty()),
                RateLimits.Limit.UNKNOWN);
    }

    private static RateLimits tokens(long limit) {
        return new RateLimits(
                RateLimits.Limit.UNKNOWN,
                new RateLimits.Limit(OptionalLong.of(limit), OptionalLong.empty(), Optional.empty()));
    }

    /** Calls that get through from one moment to another, if nothing but the clock changes. */
    private static int through(Turnstile turnstile, long from, long to, RateLimits limits) {
        int calls = 0;
        for (long now = from; now < to; ) {
            long wait = turnstile.waitNanos(now, 1);
            if (wait == 0) {
                calls++;
                turnstile.answered(turnstile.take(now, 1), now, 1, limits, TOOK);
            }
            now += wait;
        }
        return calls;
    }

    @Test
    void aLimitThatWasToldIsTheMostEvenIfTheServerAllowsMore() {
        Turnstile turnstile = new Turnstile(settings(600, 0, 4, true));

        assertThat(through(turnstile, 0, 60 * SECOND, requests(60_000))).isBetween(585, 600);
    }

    @Test
    void aSmallerLimitOfTheServerWins() {
        Turnstile turnstile = new Turnstile(settings(6_000, 0, 4, true));
        through(turnstile, 0, 1, requests(600));

        assertThat(through(turnstile, 1, 60 * SECOND, RateLimits.UNKNOWN)).isBetween(575, 600);
    }

    @Test
    void oneRequestAMinuteIsPossible() {
        Turnstile turnstile = new Turnstile(settings(1, 0, 4, true));

        assertThat(through(turnstile, 0, 300 * SECOND, RateLimits.UNKNOWN)).isEqualTo(5);
    }

    @Test
    void whatACallSaidThatWasSentEarlierIsOld() {
        Turnstile turnstile = new Turnstile(settings(0, 0, 4, true));
        Turnstile.Pass first = turnstile.take(0, 1);
        Turnstile.Pass second = turnstile.take(0, 1);
        turnstile.limited(second, 1, requests(60));
        turnstile.answered(first, 2, 1, requests(60_000), TOOK);

        assertThat(through(turnstile, SECOND, 11 * SECOND, RateLimits.UNKNOWN)).isBetween(8, 11);
    }

    @Test
    void beforeTheFirstAnswerAtMostFourHundredASecondGoOut() {
        Turnstile turnstile = new Turnstile(settings(0, 0, 10_000, true));
        int sent = 0;
        for (long now = 0; now < SECOND; ) {
            long wait = turnstile.waitNanos(now, 1);
            if (wait == 0) {
                sent++;
                turnstile.take(now, 1);
            }
            now += wait;
        }

        assertThat(sent).isBetween(380, 400);
    }

    @Test
    void aServerThatNamesNoLimitIsNotPaced() {
        Turnstile turnstile = new Turnstile(settings(0, 0, 10_000, true));
        turnstile.answered(turnstile.take(0, 1), 1, 1, RateLimits.UNKNOWN, TOOK);

        for (int call = 0; call < 5_000; call++) {
            assertThat(turnstile.waitNanos(2, 1)).isZero();
            turnstile.take(2, 1);
        }
    }

    @Test
    void aRaisedLimitIsUsedAtOnceByWhoeverWaits() {
        Turnstile turnstile = new Turnstile(settings(0, 0, 10, true));
        Turnstile.Pass first = turnstile.take(0, 1);
        turnstile.answered(turnstile.take(0, 1), 1, 1, requests(1), TOOK);
        assertThat(turnstile.waitNanos(2, 1)).isGreaterThan(30 * SECOND);

        turnstile.answered(turnstile.take(3, 1), 4, 1, requests(6_000), TOOK);

        assertThat(turnstile.waitNanos(5, 1)).isLessThan(SECOND / 10);
        turnstile.released(first, 6);
    }

    @Test
    void whenTheServersBucketIsEmptyAllRestABit() {
        Turnstile turnstile = new Turnstile(settings(6_000, 0, 10, true));
        turnstile.limited(turnstile.take(0, 1), 1, FakeProvider.requests(6_000, 0));

        assertThat(turnstile.waitNanos(2, 1)).isGreaterThan(SECOND / 20);
        assertThat(turnstile.waitNanos(SECOND, 1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 30, 130, 160, 195, 203, 1_000, 3_090})
    void afterAPauseTwoCallsDoNotFollowRightUponEachOther(long pauseMillis) {
        Turnstile turnstile = new Turnstile(settings(600, 0, 10, true));
        turnstile.take(turnstile.waitNanos(0, 1), 1);
        long pauseEnds = turnstile.waitNanos(0, 1) + pauseMillis * 1_000_000;
        long first = pauseEnds + turnstile.waitNanos(pauseEnds, 1);
        turnstile.take(first, 1);

        assertThat(turnstile.waitNanos(first, 1)).isGreaterThan(70_000_000);
    }

    @Test
    void placesGrowOnlyWhenUsed() {
        Turnstile turnstile = new Turnstile(settings(0, 0, 64, false));
        for (int call = 0; call < 100; call++) {
            turnstile.answered(turnstile.take(call, 1), call, 1, RateLimits.UNKNOWN, TOOK);
        }
        assertThat(turnstile.limitInFlight()).isEqualTo(4);

        rounds(turnstile, 1, SECOND, 0);
        assertThat(turnstile.limitInFlight()).isEqualTo(8);
    }

    @Test
    void callsThatSayNothingAreNoReasonToGrow() {
        Turnstile turnstile = new Turnstile(settings(60_000, 0, 64, false));
        for (int round = 1; round <= 50; round++) {
            long now = round * SECOND;
            List<Turnstile.Pass> passes = IntStream.range(0, turnstile.limitInFlight())
                    .mapToObj(call -> turnstile.take(now, 1))
                    .toList();
            for (Turnstile.Pass pass : passes) {
                if (pass.number() % 2 == 0) {
                    turnstile.released(pass, now);
                } else {
                    turnstile.limited(pass, now, RateLimits.UNKNOWN);
                }
            }
        }

        assertThat(turnstile.limitInFlight()).isEqualTo(4);
    }

    @Test
    void aRoundLostToRefusedCallsIsFollowedByAnother() {
        Turnstile turnstile = new Turnstile(settings(0, 0, 64, false));
        for (int call = 0; call < 4; call++) {
            turnstile.released(turnstile.take(call, 1), call);
        }

        rounds(turnstile, 1, SECOND, 0);

        assertThat(turnstile.limitInFlight()).isGreaterThan(4);
    }

    @Test
    void aRoundLostToLimitsThatTheBucketsKnowOfIsFollowedByAnother() {
        Turnstile turnstile = new Turnstile(settings(6_000_000, 0, 64, false));
        for (int call = 0; call < 4; call++) {
            turnstile.limited(turnstile.take(call, 1), call, RateLimits.UNKNOWN);
        }
        List<Turnstile.Pass> next = IntStream.range(0, 4)
                .mapToObj(call -> turnstile.take(SECOND, 1))
                .toList();
        next.forEach(pass -> turnstile.answered(pass, 2 * SECOND, 1, RateLimits.UNKNOWN, TOOK));

        assertThat(turnstile.limitInFlight()).isGreaterThan(4);
    }

    @Test
    void callsThatHangDoNotKeepThePlacesFew() {
        Turnstile turnstile = new Turnstile(settings(0, 0, 64, false));
        turnstile.take(0, 1);
        turnstile.take(0, 1);
        for (long now = SECOND; now < 20 * SECOND; now += SECOND) {
            List<Turnstile.Pass> passes = new ArrayList<>();
            while (turnstile.waitNanos(now, 1) == 0 && passes.size() < 2) {
                passes.add(turnstile.take(now, 1));
            }
            for (Turnstile.Pass pass : passes) {
                turnstile.answered(pass, now, 1, RateLimits.UNKNOWN, TOOK);
            }
        }

        assertThat(turnstile.limitInFlight()).isGreaterThan(4);
    }

    /** Rounds of calls sent together, of which some are limited. */
    private static long rounds(Turnstile turnstile, int rounds, long from, int limited) {
        long now = from;
        for (int round = 0; round < rounds; round++) {
            int size = turnstile.limitInFlight();
            List<Turnstile.Pass> passes = new ArrayList<>();
            for (int call = 0; call < size; call++) {
                passes.add(turnstile.take(now, 1));
            }
            assertThat(turnstile.waitNanos(now, 1)).isEqualTo(Turnstile.UNTIL_CHANGE);
            now += SECOND;
            for (Turnstile.Pass pass : passes.subList(0, Math.min(limited, size))) {
                turnstile.limited(pass, now, RateLimits.UNKNOWN);
            }
            for (Turnstile.Pass pass : passes.subList(Math.min(limited, size), size)) {
                turnstile.answered(pass, now, 1, RateLimits.UNKNOWN, TOOK);
            }
        }
        return now;
    }

    @Test
    void placesAreCutOnceInARoundTripAndComeBackQuickly() {
        Turnstile turnstile = new Turnstile(settings(0, 0, 100, true));
        long now = rounds(turnstile, 1, SECOND, 100);
        assertThat(turnstile.limitInFlight()).isEqualTo(70);

        now = rounds(turnstile, 1, now + SECOND, 0);
        assertThat(turnstile.limitInFlight()).isEqualTo(100);

        now = rounds(turnstile, 8, now + 10 * SECOND, 100);
        assertThat(turnstile.limitInFlight()).isLessThan(20);
        rounds(turnstile, 24, now, 0);
        assertThat(turnstile.limitInFlight()).isEqualTo(100);
    }

    @Test
    void limitsThatTheBucketsKnowOfCutNoPlaces() {
        Turnstile turnstile = new Turnstile(settings(60_000, 0, 10, true));
        for (int call = 0; call < 200; call++) {
            turnstile.limited(turnstile.take(call, 1), call, FakeProvider.requests(60_000, 0));
        }
        assertThat(turnstile.limitInFlight()).isEqualTo(10);
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 30), LongStream.of(System.nanoTime()));
    }

    /** Tokens set aside for calls, less what was given back for the same calls, never exceed the limit in any minute. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noMoreTokensThanTheLimitAreSetAsideInAnyMinute(long seed) {
        Random random = new Random(seed);
        long limit = 1_000 + random.nextInt(1_000_000);
        long largest = Math.max(1, (long) (limit * Math.pow(random.nextDouble(), 3)));
        Turnstile turnstile = new Turnstile(settings(0, limit, 1_000, true));
        turnstile.answered(turnstile.take(0, 0), 0, 0, RateLimits.UNKNOWN, TOOK);
        List<long[]> aside = new ArrayList<>();
        Deque<Turnstile.Pass> open = new ArrayDeque<>();
        for (long now = 61 * SECOND; now < 300 * SECOND && aside.size() < 3_000; ) {
            long needed = 1 + random.nextLong(largest);
            long wait = turnstile.waitNanos(now, needed);
            if (wait == 0) {
                open.add(turnstile.take(now, needed));
                aside.add(new long[] {now, needed});
                requireWithin(aside, now, limit);
            } else if (wait != Turnstile.UNTIL_CHANGE) {
                now += random.nextInt(4) == 0 ? Math.max(1, wait / 2) : wait;
            }
            if (wait == Turnstile.UNTIL_CHANGE || (!open.isEmpty() && random.nextInt(3) == 0)) {
                end(turnstile, open.remove(), now, aside, random);
            }
        }
        assertThat(aside).as("calls let through").hasSizeGreaterThan(4);
    }

    private static void end(Turnstile turnstile, Turnstile.Pass pass, long now, List<long[]> aside, Random random) {
        long[] own = aside.get((int) pass.number() - 2);
        if (random.nextInt(4) == 0) {
            turnstile.limited(pass, now, RateLimits.UNKNOWN);
            own[1] = 0;
        } else {
            long used = 1 + random.nextLong(pass.tokens());
            turnstile.answered(pass, now, used, RateLimits.UNKNOWN, TOOK);
            own[1] = used;
        }
    }

    private static void requireWithin(List<long[]> aside, long now, long limit) {
        long sum = 0;
        for (int i = aside.size() - 1; i >= 0 && aside.get(i)[0] > now - 60 * SECOND; i--) {
            sum += aside.get(i)[1];
        }
        assertThat(sum).isLessThanOrEqualTo(limit);
    }

    @Test
    void tokensThatWereNotTakenComeBack() {
        long perSecond = 1_000;
        Turnstile turnstile = new Turnstile(settings(0, perSecond * 60, 1_000, true));
        turnstile.answered(turnstile.take(0, 0), 0, 0, RateLimits.UNKNOWN, TOOK);
        long now = 0;
        int calls = 0;
        while (now < 100 * SECOND) {
            long wait = turnstile.waitNanos(now, 400);
            if (wait == 0) {
                turnstile.answered(turnstile.take(now, 400), now, 100, RateLimits.UNKNOWN, TOOK);
                calls++;
            }
            now += wait;
        }

        assertThat(calls).isBetween(960, 1_005);
    }

    @Test
    void aCallLargerThanTheBucketGoesAloneAndLeavesADebt() {
        Turnstile turnstile = new Turnstile(settings(0, 60_000, 10, true));
        turnstile.answered(turnstile.take(0, 0), 0, 0, RateLimits.UNKNOWN, TOOK);

        assertThat(turnstile.waitNanos(0, 20_000)).isZero();
        Turnstile.Pass large = turnstile.take(0, 20_000);
        assertThat(turnstile.waitNanos(0, 1)).isBetween(19 * SECOND, 21 * SECOND);

        turnstile.released(large, SECOND);
        assertThat(turnstile.waitNanos(SECOND, 400)).as("all of it came back").isZero();
    }

    @Test
    void aCallLargerThanTheLimitIsNotHeldForEver() {
        Turnstile turnstile = new Turnstile(settings(0, 1_000, 10, true));
        turnstile.answered(turnstile.take(0, 0), 0, 0, RateLimits.UNKNOWN, TOOK);

        assertThat(turnstile.waitNanos(0, 5_000)).isZero();
        turnstile.take(0, 5_000);
        assertThat(turnstile.waitNanos(400 * SECOND, 5_000)).isZero();
    }

    @Test
    void aLimitOnTokensIsLearnt() {
        Turnstile turnstile = new Turnstile(settings(0, 0, 10, true));
        turnstile.answered(turnstile.take(0, 10), 1, 10, tokens(60_000), TOOK);

        long wait = turnstile.waitNanos(1, 400);
        assertThat(wait).isBetween(SECOND / 4, SECOND / 2);
        assertThat(turnstile.waitNanos(1 + wait, 400)).isZero();
    }

    @Test
    void inAnOutageOnlyProbesGoOut() {
        Turnstile turnstile = new Turnstile(settings(0, 0, 32, true));
        turnstile.answered(turnstile.take(0, 1), 0, 1, RateLimits.UNKNOWN, TOOK);
        List<Turnstile.Pass> old =
                IntStream.range(0, 32).mapToObj(i -> turnstile.take(1, 1)).toList();
        old.subList(0, 31).forEach(pass -> turnstile.failed(pass, 2, RateLimits.UNKNOWN));

        assertThat(turnstile.waitNanos(3, 1)).isBetween(SECOND / 20, SECOND / 10);
        Turnstile.Pass probe = turnstile.take(SECOND, 1);
        assertThat(turnstile.waitNanos(SECOND, 1)).isGreaterThan(SECOND / 20);

        turnstile.answered(old.get(31), SECOND, 1, RateLimits.UNKNOWN, TOOK);
        assertThat(turnstile.waitNanos(SECOND, 1))
                .as("sent before: proves nothing")
                .isPositive();

        turnstile.answered(probe, SECOND + 1, 1, RateLimits.UNKNOWN, TOOK);
        assertThat(turnstile.waitNanos(SECOND + 1, 1)).isZero();
        assertThat(turnstile.limitInFlight()).isEqualTo(32);
    }
}

package dev.pigeonhole.llm.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The goals for use of places, rate, refused calls and outages, in simulated time. */
class PaceGoalsTest {
    private static final int CALLS = 2_000;

    private static PaceSettings untold(int places) {
        return new PaceSettings(OptionalInt.empty(), OptionalLong.empty(), places, true);
    }

    /** The user named no number of places: it is found from below. */
    private static PaceSettings approached(OptionalInt rpm) {
        return new PaceSettings(rpm, OptionalLong.empty(), 64, false);
    }

    private static PaceSettings rpm(int rpm, int places) {
        return new PaceSettings(OptionalInt.of(rpm), OptionalLong.empty(), places, true);
    }

    private static PaceSettings tpm(long tpm, int places) {
        return new PaceSettings(OptionalInt.empty(), OptionalLong.of(tpm), places, true);
    }

    private static Simulation simulate(String name, PaceSettings settings, FakeProvider provider, long seed) {
        Simulation result = new Simulation(settings, provider, CALLS, seed).run();
        assertThat(result.answered + result.refused)
                .as("%s, seed %d: %s", name, seed, result)
                .isEqualTo(CALLS);
        assertThat(result.mostInFlight).isLessThanOrEqualTo(settings.concurrency());
        return result;
    }

    /** Refuses what its bucket does not hold, at once, and says its limit. */
    private static FakeProvider limitedTo(FakeProvider.Bucket bucket, double latency) {
        return (now, tokens) -> {
            boolean admitted = bucket.take(now, 1);
            RateLimits limits = new RateLimits(bucket.said(), RateLimits.Limit.UNKNOWN);
            return admitted
                    ? FakeProvider.answered(latency, limits)
                    : new FakeProvider.Reply(FakeProvider.Kind.LIMITED, 1_000_000, limits, Duration.ofSeconds(1));
        };
    }

    @Test
    void aSteadyServerWithoutLimitsHasAllPlacesInUse() {
        Simulation run = simulate("P1", untold(100), (now, tokens) -> FakeProvider.answered(1, RateLimits.UNKNOWN), 1);

        assertThat(run.fill()).isGreaterThan(0.97);
    }

    @Test
    void anUnknownNumberOfPlacesIsApproachedByDoubling() {
        Simulation run = simulate(
                "P1 slow",
                approached(OptionalInt.empty()),
                (now, t) -> FakeProvider.answered(1, RateLimits.UNKNOWN),
                1);

        assertThat(run.sentBetween(0, 0.9)).isEqualTo(4);
        assertThat(run.limitInFlight()).isEqualTo(64);
        assertThat(run.seconds()).isLessThan(CALLS / 64.0 + 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 20, 64})
    void callsRefusedAtTheStartDoNotKeepThePlacesFew(int refused) {
        AtomicInteger received = new AtomicInteger();
        FakeProvider provider = (now, tokens) -> received.incrementAndGet() <= refused
                ? FakeProvider.refused(0.02)
                : FakeProvider.answered(1, RateLimits.UNKNOWN);
        Simulation run = simulate("P12", approached(OptionalInt.empty()), provider, refused);

        assertThat(run.limitInFlight()).isEqualTo(64);
        assertThat(run.seconds()).isLessThan(CALLS / 64.0 + 7);
    }

    @ParameterizedTest
    @CsvSource({"1,0.1", "2,0.3", "3,0.4", "4,0.6", "5,0.75"})
    void callsRefusedNowAndThenDoNotKeepThePlacesFew(long seed, double share) {
        Random random = new Random(seed);
        FakeProvider provider = (now, tokens) ->
                random.nextDouble() < share ? FakeProvider.refused(0.3) : FakeProvider.answered(1, RateLimits.UNKNOWN);
        Simulation run = simulate("P13", approached(OptionalInt.empty()), provider, seed);

        assertThat(run.limitInFlight()).as("%s", run).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({"1,1,false", "2,1,true", "3,2,false", "4,2,true", "5,4,false"})
    void aSmallBucketDoesNotKeepThePlacesFew(long seed, double latency, boolean said) {
        FakeProvider.Bucket bucket = new FakeProvider.Bucket(600, 0.1);
        FakeProvider limited = limitedTo(bucket, latency);
        FakeProvider provider = said ? limited : (now, tokens) -> silent(limited.receive(now, tokens));
        Simulation run = simulate("P14", approached(OptionalInt.of(600)), provider, seed);

        assertThat(run.mostInFlight).as("%s", run).isGreaterThanOrEqualTo((int) (9 * latency));
        assertThat(run.perSecond() / 10).as("%s", run).isGreaterThan(0.5);
    }

    private static FakeProvider.Reply silent(FakeProvider.Reply reply) {
        return new FakeProvider.Reply(reply.kind(), reply.latencyNanos(), RateLimits.UNKNOWN, reply.retryAfter());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,0.3", "4,3", "5,60"})
    void aLimitThatWasToldIsUsedAndNotMet(long seed, double bucketSeconds) {
        FakeProvider.Bucket bucket = new FakeProvider.Bucket(6_000, bucketSeconds);
        Simulation run = simulate("P2", rpm(6_000, 200), limitedTo(bucket, 1), seed);

        assertThat(run.perSecond() / 100).isBetween(0.97, 1.0);
        assertThat(run.limitedShare()).isLessThan(0.01);
    }

    @ParameterizedTest
    @CsvSource({"1,1,100", "2,1,128", "3,1,256", "4,60,256", "5,0.3,100"})
    void aLimitThatWasNotToldIsLearnt(long seed, double bucketSeconds, int places) {
        FakeProvider.Bucket bucket = new FakeProvider.Bucket(6_000, bucketSeconds);
        Simulation run = simulate("P3 " + places, untold(places), limitedTo(bucket, 0.9), seed);

        assertThat(run.perSecond() / 100).isGreaterThan(0.95);
        assertThat(run.limitedShare()).isLessThan(0.02);
    }

    @ParameterizedTest
    @CsvSource({"1,1000,true", "2,1000,false", "3,1100,true", "4,1300,true", "5,1300,true"})
    void aLimitOnTokensIsUsedAndNotMet(long seed, double charged, boolean told) {
        FakeProvider.Bucket bucket = new FakeProvider.Bucket(5_000_000, 1);
        FakeProvider provider = (now, tokens) -> {
            boolean admitted = bucket.take(now, charged);
            RateLimits limits = new RateLimits(RateLimits.Limit.UNKNOWN, bucket.said());
            return admitted
                    ? FakeProvider.answered(1, limits)
                    : new FakeProvider.Reply(FakeProvider.Kind.LIMITED, 1_000_000, limits, Duration.ofSeconds(1));
        };
        Simulation run = simulate("P4 " + charged, told ? tpm(5_000_000, 200) : untold(80), provider, seed);

        assertThat(run.perSecond() * charged / (5e6 / 60)).isGreaterThan(told ? 0.95 : 0.85);
        assertThat(run.limitedShare()).isLessThan(0.02);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomFaultsLeaveThePlacesInUse(long seed) {
        Random random = new Random(seed);
        FakeProvider provider = (now, tokens) -> {
            double dice = random.nextDouble();
            RateLimits limits = seed % 2 == 0 ? RateLimits.UNKNOWN : FakeProvider.requests(60_000, 900);
            if (dice < 0.05) {
                return new FakeProvider.Reply(FakeProvider.Kind.LIMITED, 2_000_000, limits, Duration.ofSeconds(1));
            }
            return dice < 0.15 ? FakeProvider.failed(0.002) : FakeProvider.answered(1, limits);
        };
        Simulation run = simulate("P5", untold(100), provider, seed);

        assertThat(run.fill()).isGreaterThan(0.95);
        assertThat(run.seconds())
                .as("a tenth more than without faults, and the wait of the last")
                .isLessThan(20.3 * 1.1 + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void manyRandomFailuresDoNotStopTheWork(long seed) {
        Random random = new Random(seed);
        FakeProvider provider = (now, tokens) ->
                random.nextDouble() < 0.3 ? FakeProvider.failed(0.05) : FakeProvider.answered(1, RateLimits.UNKNOWN);
        Simulation run = simulate("P4x", untold(100), provider, seed);

        assertThat(run.fill()).isGreaterThan(0.92);
    }

    @ParameterizedTest
    @CsvSource({"1,0.5,true", "2,1,true", "3,0.5,false", "4,1,false"})
    void aLimitThatChangesIsFollowed(long seed, double latency, boolean saidOnArrival) {
        FakeProvider.Bucket bucket = new FakeProvider.Bucket(12_000, 1);
        FakeProvider server = limitedTo(bucket, latency);
        double[] changes = {4, 12};
        FakeProvider provider = (now, tokens) -> {
            double second = now / 1e9;
            bucket.limit(second >= changes[0] && second < changes[1] ? 3_000 : 12_000);
            return server.receive(now, tokens);
        };
        Simulation run = simulate("P8", untold(256), provider, seed);

        double end = run.sent.get(run.sent.size() - 1).at() / 1e9;
        double allowed = 200 * Math.min(end, changes[0])
                + 50 * (Math.min(end, changes[1]) - changes[0])
                + 200 * Math.max(0, end - changes[1]);
        assertThat(CALLS / allowed).isGreaterThan(0.93);
        assertThat(run.limitedShare()).isLessThan(0.03);
    }

    @ParameterizedTest
    @CsvSource({"1,0.002", "2,0.0001", "3,0.2", "4,0.05"})
    void anOutageIsWaitedOutWithFewCalls(long seed, double failsAfter) {
        FakeProvider provider = (now, tokens) -> now >= 6e9 && now < 11e9
                ? FakeProvider.failed(failsAfter)
                : FakeProvider.answered(1, RateLimits.UNKNOWN);
        Simulation run = simulate("P9", untold(100), provider, seed);

        assertThat(run.sentBetween(6, 11)).isLessThan(200);
        assertThat(run.seconds()).isLessThan(20.5 + 5 + 2);
        assertThat(run.sentBetween(12.6, 13.6)).as("back at full speed").isGreaterThan(95);
    }

    @Test
    void anOutageFromTheStartIsWaitedOutWithFewCalls() {
        FakeProvider provider =
                (now, tokens) -> now < 5e9 ? FakeProvider.failed(0.001) : FakeProvider.answered(1, RateLimits.UNKNOWN);
        Simulation run = simulate("P9 start", untold(100), provider, 1);

        assertThat(run.sentBetween(0, 5)).isLessThan(60);
        assertThat(run.seconds()).isLessThan(20.5 + 5 + 2);
    }

    @Test
    void aServerThatLetsCallsWaitIsLeftToDoSo() {
        Deque<Long> freeAt = new ArrayDeque<>();
        FakeProvider provider = (now, tokens) -> {
            long start = freeAt.size() < 8 ? now : Math.max(now, freeAt.removeFirst());
            long end = start + FakeProvider.seconds(0.1);
            freeAt.addLast(end);
            return new FakeProvider.Reply(FakeProvider.Kind.ANSWERED, end - now, RateLimits.UNKNOWN, null);
        };
        Simulation run = simulate("P11", untold(32), provider, 1);

        assertThat(CALLS * 0.1 / 8 / run.seconds()).isGreaterThan(0.96);
        assertThat(run.sent).hasSize(CALLS);
    }

    @ParameterizedTest
    @CsvSource({"LIMITED,0.8,1.5", "FAILED,0.6,2"})
    void aServerThatTurnsAwayMoreThanItCanDoIsSentLess(FakeProvider.Kind how, double leastUse, double mostSent) {
        int places = 8;
        Deque<Long> ends = new ArrayDeque<>();
        FakeProvider provider = (now, tokens) -> {
            while (!ends.isEmpty() && ends.peekFirst() <= now) {
                ends.removeFirst();
            }
            if (ends.size() == places) {
                return new FakeProvider.Reply(how, 2_000_000, RateLimits.UNKNOWN, null);
            }
            ends.addLast(now + FakeProvider.seconds(0.2));
            return FakeProvider.answered(0.2, RateLimits.UNKNOWN);
        };
        Simulation run = new Simulation(untold(64), provider, CALLS, 1).run();

        double possible = 20 * places / 0.2;
        assertThat(run.answeredBetween(3, 23) / possible).as("%s", run).isGreaterThan(leastUse);
        assertThat(run.sentBetween(3, 23) / possible).as("%s", run).isLessThan(mostSent);
    }
}

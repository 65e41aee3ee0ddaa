package dev.pigeonhole.llm.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** With 60,000 tokens a minute: 985 a second, as a little is left, and 492.5 at once. */
class TokenBucketTest {
    private static final long LIMIT = 60_000;
    private static final double PER_NANO = 985e-9;
    private static final long FULL = 492;
    private static final double HELD = 492.5;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final TokenBucket bucket = new TokenBucket(OptionalLong.of(LIMIT));

    private static Turnstile.Pass at(long sent) {
        return new Turnstile.Pass(1, sent, 0);
    }

    private static long filling(double tokens) {
        return (long) Math.ceil(tokens / PER_NANO);
    }

    /** What is in the bucket, read off how long it takes until it is full. */
    private static void assertHolds(TokenBucket bucket, long now, double tokens) {
        assertThat(bucket.waitNanos(now, FULL + 1)).isCloseTo(filling(HELD - tokens), within(2));
    }

    private static Offset<Long> within(long nanos) {
        return Offset.offset(nanos);
    }

    @Test
    void itLetsThroughWhatItHoldsAndThenAsMuchAsFlowsIn() {
        assertThat(bucket.waitNanos(0, FULL)).isZero();
        bucket.take(0, FULL);

        assertHolds(bucket, 0, HELD - FULL);
        assertHolds(bucket, 100_000_000, HELD - FULL + 98.5);
        assertHolds(bucket, MINUTE, HELD);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        bucket.take(0, FULL);
        bucket.giveBack(0, at(0), FULL);

        assertThat(bucket.waitNanos(0, FULL)).isZero();
    }

    @Test
    void whatIsGivenBackDoesNotCountInTheMinuteEither() {
        bucket.take(0, LIMIT);
        assertThat(bucket.waitNanos(MINUTE - 1, 1)).isPositive();
        bucket.giveBack(0, at(0), LIMIT);

        assertThat(bucket.waitNanos(0, FULL)).isZero();
    }

    @Test
    void aCallThatTookMoreLeavesADebt() {
        bucket.take(0, 100);
        bucket.settle(0, at(0), -200);

        assertHolds(bucket, 0, HELD - 300);
    }

    @Test
    void aServerThatWasEmptyEarlierIsGivenBackLess() {
        bucket.take(0, 400);
        bucket.distrust();
        bucket.settle(0, at(0), 400);

        assertHolds(bucket, 0, HELD - 400 * 0.2);
    }

    @Test
    void trustComesBackATenthAMinute() {
        bucket.distrust();
        bucket.take(MINUTE, 400);
        bucket.settle(MINUTE, at(MINUTE), 400);
        assertHolds(bucket, MINUTE, HELD - 400 * 0.1);

        bucket.take(3 * MINUTE, 400);
        bucket.settle(3 * MINUTE, at(3 * MINUTE), 400);
        assertHolds(bucket, 3 * MINUTE, HELD);
    }

    @Test
    void noTrustIsTheLeast() {
        for (int i = 0; i < 9; i++) {
            bucket.distrust();
        }
        bucket.take(0, 400);
        bucket.settle(0, at(0), 400);

        assertHolds(bucket, 0, HELD - 400);
    }

    @Test
    void anEmptyBucketOfTheServerIsAnEmptyBucketHere() {
        bucket.empty(0);

        assertHolds(bucket, 0, 0);
    }

    @Test
    void aDebtIsNotForgivenByAnEmptyBucket() {
        bucket.take(0, 1_000);
        bucket.empty(0);

        assertHolds(bucket, 0, HELD - 1_000);
    }

    @Test
    void aLimitThatIsLearnedBeginsWithNothing() {
        TokenBucket unlimited = new TokenBucket(OptionalLong.empty());
        assertThat(unlimited.isLimited()).isFalse();
        assertThat(unlimited.waitNanos(0, Long.MAX_VALUE)).isZero();

        unlimited.learned(0, LIMIT);

        assertThat(unlimited.isLimited()).isTrue();
        assertHolds(unlimited, 0, 0);
        assertHolds(unlimited, 100_000_000, 98.5);
    }

    @Test
    void aSmallerLimitHoldsAndALargerOneDoesNot() {
        bucket.learned(0, 2 * LIMIT);
        assertHolds(bucket, 0, HELD);

        bucket.learned(0, LIMIT / 2);
        assertThat(bucket.waitNanos(0, FULL / 2)).isZero();
        bucket.take(0, FULL / 2);
        assertThat(bucket.waitNanos(0, 100)).isCloseTo(2 * filling(99.75), within(4));
    }

    @Test
    void whatTheOldLimitAllowedIsNotHeldAgainstTheNewOne() {
        bucket.take(0, LIMIT);
        bucket.learned(MINUTE / 2, LIMIT / 2);

        assertThat(bucket.waitNanos(MINUTE, 1)).isLessThan(MINUTE);
    }
}

package dev.pigeonhole.quality.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.Sentinels;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchTest {
    private static final KnownTexts.Marks RIGHT = new KnownTexts.Marks(1, 1);
    private static final KnownTexts.Marks WRONG = new KnownTexts.Marks(1, 0);

    private final Watch watch = new Watch(OptionalDouble.empty());

    private static void ask(Watch watch, KnownTexts.Marks marks, int times) {
        for (int i = 0; i < times; i++) {
            watch.asked(marks);
        }
    }

    /** How many answers it takes until the job has to pause; -1 if it never has to. */
    private static int pausesAfter(Watch watch, Random random, double share, int most) {
        for (int i = 1; i <= most; i++) {
            watch.asked(random.nextDouble() < share ? RIGHT : WRONG);
            try {
                watch.requireGoodEnough();
            } catch (JobPausedException e) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void figuresHaveWilsonsInterval() {
        assertThat(watch.figures()).isEqualTo(new Sentinels(0, 0, 0, 1, 0));
        ask(watch, RIGHT, 9);
        ask(watch, WRONG, 1);
        Sentinels figures = watch.figures();
        assertThat(figures.judged()).isEqualTo(10);
        assertThat(figures.right()).isEqualTo(9);
        // Wilson 1927, 9 of 10.
        assertThat(figures.low()).isCloseTo(0.596, within(0.001));
        assertThat(figures.high()).isCloseTo(0.982, within(0.001));
        assertThat(figures.share()).isEqualTo(0.9);
    }

    @Test
    void answersThatTurnBadPauseTheJobAndSayTheFigures() {
        ask(watch, RIGHT, 60);
        assertThatCode(watch::requireGoodEnough).doesNotThrowAnyException();
        ask(watch, WRONG, 30);
        assertThatThrownBy(watch::requireGoodEnough)
                .isInstanceOfSatisfying(
                        JobPausedException.class, e -> assertThat(e.reason()).isEqualTo(PauseReason.DRIFT))
                .hasMessageContaining("20 of 40 (50%)")
                .hasMessageContaining("40 of 40 (100%)")
                .hasMessageContaining("resume");
        assertThat(watch.warnings()).hasSize(1);
        assertThat(watch.warnings()).isEmpty();
    }

    @Test
    void aModelThatIsBadFromTheBeginningIsNoDrift() {
        for (int i = 0; i < 400; i++) {
            watch.asked(i % 2 == 0 ? RIGHT : WRONG);
        }
        assertThatCode(watch::requireGoodEnough).doesNotThrowAnyException();
        assertThat(watch.isUsuallyRight()).isFalse();
    }

    /** A true share, and the number of answers within which the floor of 0.8 is seen to be missed. */
    @ParameterizedTest
    @CsvSource({"0.0,10", "0.5,100", "0.6,250"})
    void whatIsSurelyBelowTheFloorPausesSoon(double share, int within) {
        for (long seed = 1; seed <= 20; seed++) {
            Watch floored = new Watch(OptionalDouble.of(0.8));
            assertThat(pausesAfter(floored, new Random(seed), share, within))
                    .as("seed " + seed)
                    .isPositive();
        }
    }

    @Test
    void theFloorIsNamedInTheReason() {
        Watch floored = new Watch(OptionalDouble.of(0.8));
        ask(floored, WRONG, 10);
        assertThatThrownBy(floored::requireGoodEnough)
                .hasMessageContaining("0 of 10 (0%)")
                .hasMessageContaining("at least 80%");
    }

    /** The bound is 1 in 100 runs. */
    @ParameterizedTest
    @CsvSource({"0.98,", "0.9,", "0.75,", "0.8,0.8", "0.9,0.8"})
    void chanceAloneHardlyEverPauses(double share, Double floor) {
        int alarms = 0;
        for (long seed = 1; seed <= 200; seed++) {
            Watch one = new Watch(floor == null ? OptionalDouble.empty() : OptionalDouble.of(floor));
            alarms += pausesAfter(one, new Random(seed), share, 1_000) > 0 ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(4);
    }

    @Test
    void aFallFromNineInTenToHalfIsSeenWithinAHundredAnswers() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            Watch one = new Watch(OptionalDouble.empty());
            assertThat(pausesAfter(one, random, 0.95, 250)).as("seed " + seed).isEqualTo(-1);
            assertThat(pausesAfter(one, random, 0.5, 100)).as("seed " + seed).isPositive();
        }
    }

    @Test
    void onlyTheFirstReplyThatIsNotUsedIsTold() {
        watch.discarded(20);
        watch.discarded(20);
        assertThat(watch.warnings()).hasSize(1).first().asString().contains("20 rows");
        assertThat(watch.figures().discarded()).isEqualTo(2);
    }
}

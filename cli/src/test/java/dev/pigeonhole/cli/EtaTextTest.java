package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.job.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtaTextTest {
    private static final int SUB_BATCH = 20;

    private static String of(Progress progress) {
        return new EtaText(SUB_BATCH).of(progress);
    }

    @ParameterizedTest
    @CsvSource({"1000, 0, 0 of 50 calls", "1000, 2, 2 of 50 calls", "320, 3, 3 of 16 calls", "380, 18, 18 of 19 calls"})
    void fewCallsAreCountedInsteadOfGuessedFrom(long rows, long calls, String text) {
        assertThat(of(Samples.progress(rows, calls))).isEqualTo(text);
    }

    @Test
    void aLastCallThatIsNotFullCountsAsOne() {
        assertThat(of(Samples.progress(41, 1))).isEqualTo("1 of 3 calls");
    }

    @Test
    void withFewCallsForEachPlaceThePlacesAreCounted() {
        // 40 calls for 8 places, 10 answered, 8 open: (22 + 8/2 + 8/2) * 12 s / 8 = 45 s.
        Progress progress = Samples.silent(
                Samples.progress(800, 10, 8, Duration.ofSeconds(15)), Duration.ofSeconds(12), 8, Duration.ZERO);
        assertThat(of(progress)).isEqualTo("50 s left");
    }

    @Test
    void theLastCallsOfManyPlacesCountHalf() {
        // 2 of 40 calls left, both open: (0 + 1 + 1) * 80 s / 8 = 20 s.
        Progress progress = Samples.silent(
                Samples.progress(800, 38, 8, Duration.ofSeconds(400)), Duration.ofSeconds(80), 2, Duration.ZERO);
        assertThat(of(progress)).isEqualTo("20 s left");
    }

    @Test
    void withManyCallsTheRateSoFarIsTaken() {
        assertThat(of(Samples.progress(10_000, 100, 1, Duration.ofSeconds(50)))).isEqualTo("3 min left");
    }

    @Test
    void aRateThatHasChangedIsTakenFromTheLastCalls() {
        EtaText eta = new EtaText(SUB_BATCH);
        String text = "";
        for (int call = 0; call <= 175; call++) {
            int seconds = call <= 100 ? call : 100 + (call - 100) * 4;
            text = eta.of(Samples.progress(10_000, call, 1, Duration.ofSeconds(seconds)));
        }
        // 325 calls of 4 s each; at the overall rate it would be about 10 min.
        assertThat(text).isEqualTo("about 20 min left");
    }

    @Test
    void aRateThatHasHardlyChangedIsTakenFromTheWholeRun() {
        EtaText eta = new EtaText(SUB_BATCH);
        String text = "";
        for (int call = 0; call <= 175; call++) {
            long millis = call <= 100 ? call * 1000L : 100_000 + (call - 100) * 1150L;
            text = eta.of(Samples.progress(10_000, call, 1, Duration.ofMillis(millis)));
        }
        // 325 calls at the overall 1.064 s: 5.8 min; at the recent 1.15 s it would be 6.2 min. Both round to six.
        assertThat(text).isEqualTo("6 min left");
    }

    @Test
    void aLongJobIsStillFollowedByItsLastCalls() {
        EtaText eta = new EtaText(SUB_BATCH);
        String text = "";
        for (int call = 0; call <= 50_000; call++) {
            long millis = call <= 40_000 ? call * 10L : 400_000 + (call - 40_000) * 100L;
            text = eta.of(Samples.progress(20L * 60_000, call, 1, Duration.ofMillis(millis)));
        }
        // 10,000 calls left; the last 9,000 took 0.1 s each.
        assertThat(text).isEqualTo("about 15 min left");
    }

    @Test
    void silenceIsSaidInsteadOfATime() {
        Progress progress = Samples.progress(10_000, 100);
        assertThat(of(Samples.silent(progress, Duration.ofSeconds(1), 1, Duration.ofSeconds(30))))
                .endsWith("left");
        assertThat(of(Samples.silent(progress, Duration.ofSeconds(1), 1, Duration.ofSeconds(31))))
                .isEqualTo("no answer for 31 s");
    }

    @Test
    void slowCallsAreGivenMoreTimeBeforeTheyCountAsSilence() {
        Progress progress = Samples.progress(10_000, 100);
        assertThat(of(Samples.silent(progress, Duration.ofSeconds(15), 1, Duration.ofSeconds(90))))
                .endsWith("left");
        assertThat(of(Samples.silent(progress, Duration.ofSeconds(15), 1, Duration.ofSeconds(91))))
                .isEqualTo("no answer for 91 s");
    }

    @Test
    void silenceBeforeTheFirstAnswerIsSaidToo() {
        Progress progress = Samples.silent(Samples.progress(100, 0), Duration.ZERO, 1, Duration.ofSeconds(40));
        assertThat(of(progress)).isEqualTo("no answer for 40 s");
    }

    @Test
    void withNoCallUnderWayThereIsNoSilence() {
        Progress progress =
                Samples.silent(Samples.progress(10_000, 100), Duration.ofSeconds(1), 0, Duration.ofMinutes(9));
        assertThat(of(progress)).endsWith("left");
    }

    @Test
    void aFinishedJobHasNoTimeLeft() {
        assertThat(of(Samples.progress(1_000, 50))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "3, 10 s left",
        "12, 10 s left",
        "26, 30 s left",
        "54, 50 s left",
        "55, 1 min left",
        "60, 1 min left",
        "119, 2 min left",
        "569, 9 min left",
        "570, about 10 min left",
        "700, about 10 min left",
        "3000, about 50 min left",
        "3540, about 1 h left",
        "5400, about 1 h 30 min left",
        "86399, about 24 h left",
        "86400, ''",
        "900000, ''"
    })
    void timesAreRoundedToWhatCanBeKnown(long seconds, String text) {
        assertThat(of(Samples.progress(20 * (100 + seconds), 100))).isEqualTo(text);
    }
}

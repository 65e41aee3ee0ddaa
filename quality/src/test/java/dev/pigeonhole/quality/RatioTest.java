package dev.pigeonhole.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioTest {
    /** As in the tables of any book. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.95, 12.7062",
        "2, 0.95, 4.3027",
        "4, 0.90, 2.1318",
        "10, 0.95, 2.2281",
        "30, 0.99, 2.7500",
        "999, 0.95, 1.9623"
    })
    void quantilesAreThoseOfTheTables(int freedom, double level, double t) {
        assertThat(Student.quantile(freedom, level)).isCloseTo(t, within(1e-4));
    }

    @Test
    void theRatioIsThatOfTheSumsAndTheIntervalGoesByTheResiduals() {
        Ratio ratio = Ratio.of(new double[] {10, 20, 30}, new double[] {11, 22, 36});
        assertThat(ratio.value()).isCloseTo(1.15, within(1e-12));
        // Residuals -0.5, -1, 1.5: s = sqrt(3.5 / 2), error = s / (sqrt(3) * 20), t(2) = 4.3027.
        assertThat(ratio.half().orElseThrow()).isCloseTo(4.3027 * Math.sqrt(1.75) / (Math.sqrt(3) * 20), within(1e-4));
        assertThat(ratio.low().orElseThrow()).isLessThan(1.15);
        assertThat(ratio.high().orElseThrow()).isGreaterThan(1.15);
    }

    @Test
    void onePartSaysNothingOfTheOthers() {
        Ratio ratio = Ratio.of(new double[] {10}, new double[] {12});
        assertThat(ratio.value()).isCloseTo(1.2, within(1e-12));
        assertThat(ratio.half()).isEmpty();
        assertThat(ratio.low()).isEmpty();
    }

    @Test
    void theLowerEndIsNotBelowZero() {
        assertThat(Ratio.of(new double[] {1, 1}, new double[] {0, 2}).low()).hasValue(0);
    }

    @Test
    void nothingToCompareIsRefused() {
        assertThatThrownBy(() -> Ratio.of(new double[0], new double[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ratio.of(new double[1], new double[2])).isInstanceOf(IllegalArgumentException.class);
    }

    /** Of intervals at 95 %, about so many hold what is true. */
    @Test
    void intervalsHoldTheTruthAsOftenAsTheySay() {
        long seed = 20261123;
        Random random = new Random(seed);
        int held = 0;
        for (int trial = 0; trial < 2_000; trial++) {
            double[] expected = new double[6];
            double[] measured = new double[6];
            for (int i = 0; i < 6; i++) {
                expected[i] = 5 + 10 * random.nextDouble();
                measured[i] = expected[i] * 1.3 + Math.sqrt(expected[i]) * random.nextGaussian();
            }
            Ratio ratio = Ratio.of(expected, measured);
            held += ratio.low().orElseThrow() <= 1.3 && 1.3 <= ratio.high().orElseThrow() ? 1 : 0;
        }
        assertThat(held / 2_000.0).as("seed " + seed).isBetween(0.92, 0.98);
    }
}

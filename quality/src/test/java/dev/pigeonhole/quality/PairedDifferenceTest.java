package dev.pigeonhole.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedDifferenceTest {
    /** The first is the example of Tango's paper; all were worked out by another program from its formulas. */
    @ParameterizedTest
    @CsvSource({
        "44, 0, 1, -0.118077, 0.059393, -0.095662",
        "200, 0, 0, -0.018845, 0.018845, -0.013347",
        "200, 2, 2, -0.026925, 0.026925, -0.021013",
        "400, 8, 8, -0.021618, 0.021618, -0.017665",
        "299, 0, 0, -0.012685, 0.012685, -0.008967",
    })
    void theBoundsAreTheScoreBounds(long pairs, long gained, long lost, double low, double high, double atLeast) {
        PairedDifference difference = new PairedDifference(pairs, gained, lost);
        assertThat(difference.low()).isCloseTo(low, within(1e-6));
        assertThat(difference.high()).isCloseTo(high, within(1e-6));
        assertThat(difference.atLeast()).isCloseTo(atLeast, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 1, 0", "1, 0, 1", "7, 3, 4", "400, 0, 400", "400, 400, 0", "1000000, 12, 20000"})
    void theBoundsLieAroundTheDifferenceAndAreMirrored(long pairs, long gained, long lost) {
        PairedDifference difference = new PairedDifference(pairs, gained, lost);
        PairedDifference mirrored = new PairedDifference(pairs, lost, gained);
        assertThat(difference.low()).isGreaterThanOrEqualTo(-1).isLessThanOrEqualTo(difference.atLeast());
        assertThat(difference.atLeast()).isLessThanOrEqualTo(difference.value());
        assertThat(difference.atMost()).isBetween(difference.value(), difference.high());
        assertThat(difference.high()).isLessThanOrEqualTo(1);
        assertThat(mirrored.low()).isCloseTo(-difference.high(), within(1e-9));
        assertThat(mirrored.atLeast()).isCloseTo(-difference.atMost(), within(1e-9));
    }

    /** All tables of 200 pairs, each with its chance: how often the bound is not above the true difference. */
    @ParameterizedTest
    @CsvSource({"0.0, 0.02", "0.002, 0.022", "0.01, 0.03", "0.03, 0.05", "0.01, 0.01", "0.03, 0.04"})
    void theOneSidedBoundHoldsItsLevel(double gained, double lost) {
        double covered = 0;
        for (int b = 0; b <= 30; b++) {
            for (int c = 0; c <= 40; c++) {
                if (new PairedDifference(200, b, c).atLeast() <= gained - lost + 1e-12) {
                    covered += chance(200, b, c, gained, lost);
                }
            }
        }
        assertThat(covered).isGreaterThan(0.9475);
    }

    private static double chance(int n, int b, int c, double gained, double lost) {
        double log = Beta.logGamma(n + 1.0)
                - Beta.logGamma(b + 1.0)
                - Beta.logGamma(c + 1.0)
                - Beta.logGamma(n - b - c + 1.0)
                + (b == 0 ? 0 : b * Math.log(gained))
                + (c == 0 ? 0 : c * Math.log(lost))
                + (n - b - c) * Math.log(1 - gained - lost);
        return Math.exp(log);
    }

    @Test
    void pairsToTellGrowAsTheRoomShrinks() {
        PairedDifference even = new PairedDifference(400, 8, 8);
        assertThat(even.pairsToTell(0.01).orElseThrow()).isBetween(2_400L, 2_700L);
        assertThat(even.pairsToTell(0.02).orElseThrow()).isBetween(600L, 700L);
        assertThat(new PairedDifference(400, 4, 12).pairsToTell(0.02)).isEmpty();
        assertThat(new PairedDifference(200, 0, 0).pairsToTell(0.01)).hasValue(268);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new PairedDifference(0, 0, 0)).hasMessageContaining("at least one pair");
        assertThatThrownBy(() -> new PairedDifference(3, 2, 2)).hasMessageContaining("2 gained, 2 lost");
        assertThatThrownBy(() -> new PairedDifference(3, 1, 1).pairsToTell(0)).hasMessageContaining("was 0");
    }
}

package dev.pigeonhole.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pigeonhole.testkit.Seeds;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProportionTest {
    static LongStream seeds() {
        return Seeds.some();
    }

    /** The four of the middle are the table of R. G. Newcombe, Statistics in Medicine 17 (1998), method 3. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0, 0.277533",
        "10, 10, 0.722467, 1",
        "1, 1, 0.206549, 1",
        "5, 10, 0.236593, 0.763407",
        "81, 263, 0.2553, 0.3662",
        "15, 148, 0.0624, 0.1605",
        "0, 20, 0, 0.1611",
        "1, 29, 0.0061, 0.1718",
        "90, 100, 0.825634, 0.944771",
        "180, 200, 0.850594, 0.934330",
        "360, 400, 0.866689, 0.925701",
        "900, 1000, 0.879848, 0.917091",
        "2668, 2900, 0.909561, 0.929327",
    })
    void wilsonIsAsPublished(long count, long of, double low, double high) {
        Interval interval = new Proportion(count, of).wilson().orElseThrow();
        assertThat(interval.low()).isCloseTo(low, within(0.0001));
        assertThat(interval.high()).isCloseTo(high, within(0.0001));
    }

    /** Worked out with the beta distribution of SciPy. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0.95, 0, 0.2588655508930522",
        "10, 10, 0.95, 0.7411344491069478, 1",
        "5, 10, 0.975, 0.18708602844739855, 0.8129139715526015",
        "1, 100, 0.95, 0.0005128014162622924, 0.046559811453538935",
        "8, 10, 0.95, 0.49309869893679764, 0.9632285621125349",
        "900, 1000, 0.95, 0.8830084679036321, 0.9152152323315307",
        "950, 1000, 0.99, 0.931595106304369, 0.9647185001452542",
        "1, 1, 0.5, 0.5, 1",
        "0, 1, 0.9, 0, 0.9",
        "3, 7, 0.8, 0.2283264643498392, 0.6499064343228764",
        "999999, 1000000, 0.95, 0.9999952561443618, 0.9999999487067069",
        "500000, 1000000, 0.975, 0.49901951919531184, 0.5009804808046882",
        "123456789, 1000000000, 0.95, 0.12343967846151775, 0.1234739011478341",
        "17, 30000, 0.999, 0.00023431335272123066, 0.0011327652429900135",
    })
    void exactBoundsAreThoseOfTheBetaDistribution(long count, long of, double level, double lower, double upper) {
        Proportion proportion = new Proportion(count, of);
        assertThat(proportion.lowerBound(level)).isCloseTo(lower, within(1e-9 * Math.max(lower, 1e-3)));
        assertThat(proportion.upperBound(level)).isCloseTo(upper, within(1e-9 * Math.max(upper, 1e-3)));
    }

    /** If nothing is wrong, the bound is 1 - level = p to the power of n. */
    @ParameterizedTest
    @CsvSource({"1, 0.95", "3, 0.9", "59, 0.95", "300, 0.99", "20000, 0.5"})
    void ofAllItIsARoot(long rows, double level) {
        assertThat(new Proportion(rows, rows).lowerBound(level))
                .isCloseTo(Math.pow(1 - level, 1.0 / rows), within(1e-12));
        assertThat(new Proportion(rows, rows).upperBound(level)).isEqualTo(1);
        assertThat(new Proportion(0, rows).lowerBound(level)).isZero();
        assertThat(new Proportion(0, rows).upperBound(level))
                .isCloseTo(1 - Math.pow(1 - level, 1.0 / rows), within(1e-12));
    }

    /** The definition, added up term by term: the chance of so many or more, at the bound, is what the level leaves. */
    @ParameterizedTest
    @MethodSource("seeds")
    void exactBoundsFulfilTheirDefinition(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            int of = 1 + random.nextInt(400);
            int count = random.nextInt(of + 1);
            double level = 0.5 + random.nextDouble() * 0.499;
            Proportion proportion = new Proportion(count, of);
            if (count > 0) {
                double bound = proportion.lowerBound(level);
                assertThat(chance(count, of, of, bound))
                        .as("seed %d: %d of %d at %f", seed, count, of, level)
                        .isCloseTo(1 - level, within(1e-9));
            }
            if (count < of) {
                double bound = proportion.upperBound(level);
                assertThat(chance(0, count, of, bound))
                        .as("seed %d: %d of %d at %f", seed, count, of, level)
                        .isCloseTo(1 - level, within(1e-9));
            }
        }
    }

    /** The chance of {@code from} to {@code to} of {@code of}. */
    private static double chance(int from, int to, int of, double p) {
        double sum = 0;
        double logChoose = 0;
        for (int k = 0; k <= to; k++) {
            if (k > 0) {
                logChoose += Math.log(of - k + 1.0) - Math.log(k);
            }
            if (k >= from) {
                sum += Math.exp(logChoose + k * Math.log(p) + (of - k) * Math.log1p(-p));
            }
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void boundsEncloseTheShareAndMirrorEachOther(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            long of = 1 + random.nextInt(5_000);
            long count = random.nextInt((int) of + 1);
            Proportion proportion = new Proportion(count, of);
            Proportion rest = new Proportion(of - count, of);
            double value = proportion.value().orElseThrow();
            Interval wilson = proportion.wilson().orElseThrow();
            assertThat(value).as("seed %d: %s", seed, proportion).isBetween(wilson.low(), wilson.high());
            assertThat(value).isBetween(proportion.lowerBound(0.95), proportion.upperBound(0.95));
            assertThat(proportion.lowerBound(0.99)).isLessThanOrEqualTo(proportion.lowerBound(0.9));
            assertThat(rest.upperBound(0.95)).isCloseTo(1 - proportion.lowerBound(0.95), within(1e-12));
            assertThat(rest.wilson().orElseThrow().high()).isCloseTo(1 - wilson.low(), within(1e-12));
        }
    }

    @Test
    void ofNothingThereIsNoShare() {
        Proportion none = new Proportion(0, 0);
        assertThat(none.value()).isEmpty();
        assertThat(none.wilson()).isEmpty();
        assertThat(none.lowerBound(0.95)).isZero();
        assertThat(none.upperBound(0.95)).isEqualTo(1);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new Proportion(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Proportion(-1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Proportion(1, 2).lowerBound(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Proportion(1, 2).upperBound(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Interval(0.5, 0.4)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0",
        "2, 0",
        "0.5, 0.5723649429247001",
        "10, 12.801827480081469",
        "171, 706.5730622457874",
        "1000000, 12815504.569147611"
    })
    void theGammaFunctionIsExact(double x, double log) {
        assertThat(Beta.logGamma(x)).isCloseTo(log, within(1e-14 * Math.max(1, Math.abs(log)) * 10));
    }
}

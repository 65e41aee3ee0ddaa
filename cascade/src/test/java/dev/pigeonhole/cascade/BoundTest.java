package dev.pigeonhole.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class BoundTest {
    /** Worked out with whole numbers of any length. */
    @ParameterizedTest
    @CsvFileSource(resources = "chances.csv", numLinesToSkip = 1)
    void theChanceIsThatOfTheHypergeometricDistribution(
            long population, long wrong, long sample, long found, double chance) {
        assertThat(Bound.chance(population, wrong, sample, found)).isCloseTo(chance, within(1e-10));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "most-wrong.csv", numLinesToSkip = 1)
    void asManyWrongRowsProveEnough(long population, long sample, long allowed, double delta, long most) {
        assertThat(Bound.mostWrong(population, sample, allowed, delta)).isEqualTo(most);
    }

    @Test
    void hugeFilesAreNoTrouble() {
        assertThat(Bound.mostWrong(10_000_000, 6_000, 500_000, 0.007)).isBetween(240L, 270L);
        assertThat(Bound.chance(10_000_000, 500_000, 20_000, 1_000)).isBetween(0.5, 0.53);
    }

    @Test
    void whatIsCertainOfTheRestGrowsWithWhatIsWrongInTheSample() {
        assertThat(Bound.mostOutside(1_000, 1_000, 3, 0.05)).isZero();
        long before = -1;
        for (long wrong = 0; wrong < 20; wrong++) {
            long most = Bound.mostOutside(10_000, 500, wrong, 0.05);
            assertThat(most).isGreaterThan(before).isGreaterThan(wrong * 19);
            before = most;
        }
    }

    /** The promise itself: of many samples, no more than delta prove what is not so. */
    @Test
    void samplesProveTooMuchAtMostAsOftenAsPromised() {
        long seed = Long.getLong("pigeonhole.seed", 20_261_123);
        System.out.println("BoundTest: seed " + seed);
        Random random = new Random(seed);
        int population = 2_000;
        int sample = 300;
        int allowed = 80;
        long most = Bound.mostWrong(population, sample, allowed, 0.05);
        int failures = 0;
        int tries = 4_000;
        for (int i = 0; i < tries; i++) {
            // So many wrong rows that the sample decides whether too many are left outside.
            int found = wrongInSample(random, population, 100, sample);
            failures += found <= most && 100 - found > allowed ? 1 : 0;
        }
        assertThat((double) failures / tries).as("seed %d", seed).isLessThan(0.06);
    }

    private static int wrongInSample(Random random, int population, int wrong, int sample) {
        int found = 0;
        int left = wrong;
        for (int drawn = 0; drawn < sample; drawn++) {
            if (random.nextInt(population - drawn) < left) {
                left--;
                found++;
            }
        }
        return found;
    }
}

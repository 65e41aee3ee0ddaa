package dev.pigeonhole.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlattTest {
    @Test
    void findsTheCurveThatDrewTheData() {
        long seed = 4;
        Random random = new Random(seed);
        Platt truth = new Platt(3, -1);
        double[] margins = random.doubles(50_000, 0, 2).toArray();
        boolean[] right = new boolean[margins.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = random.nextDouble() < truth.probability(margins[i]);
        }
        Platt fitted = Platt.fit(margins, right);
        assertThat(fitted.slope()).as("seed %d", seed).isCloseTo(3, within(0.15));
        assertThat(fitted.offset()).as("seed %d", seed).isCloseTo(-1, within(0.1));
    }

    @Test
    void withoutAMistakeThereIsNoCertainty() {
        double[] margins = new Random(1).doubles(200, 0, 2).toArray();
        boolean[] right = new boolean[200];
        Arrays.fill(right, true);
        Platt fitted = Platt.fit(margins, right);
        assertThat(fitted.probability(1)).isBetween(0.98, 0.9999);
    }

    @Test
    void aLargerMarginNeverMeansLess() {
        double[] margins = new Random(1).doubles(200, 0, 2).toArray();
        boolean[] right = new boolean[200];
        for (int i = 0; i < right.length; i++) {
            right[i] = margins[i] < 1;
        }
        Platt fitted = Platt.fit(margins, right);
        assertThat(fitted.slope()).isZero();
        assertThat(fitted.probability(5)).isBetween(0.0, 1.0);
        assertThat(new Platt(1e6, 0).probability(1e6)).isEqualTo(1);
        assertThat(new Platt(1e6, -1e300).probability(0)).isZero();
    }
}

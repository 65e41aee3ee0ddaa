package dev.pigeonhole.local.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeaturesTest {
    private static final List<String> TEXTS = List.of("my card is lost", "my card", "the lost dog", "my my my");

    @Test
    void numbersTheMostFrequentFirst() {
        Features features = Features.learn(TEXTS, 1, 1_000);

        float[] rarities = features.rarities();
        for (int i = 1; i < rarities.length; i++) {
            assertThat(rarities[i]).isGreaterThanOrEqualTo(rarities[i - 1]);
        }
        assertThat(rarities[0]).isCloseTo((float) (1 + Math.log(5.0 / 4.0)), within(1e-6f));
    }

    @Test
    void theOrderOfTextsChangesNothing() {
        List<String> reversed = new ArrayList<>(TEXTS);
        Collections.reverse(reversed);
        assertThat(Features.learn(reversed, 1, 20).keys())
                .containsExactly(Features.learn(TEXTS, 1, 20).keys());
    }

    @Test
    void keepsNoMoreThanAsked() {
        assertThat(Features.learn(TEXTS, 1, 7).size()).isEqualTo(7);
        assertThat(Features.learn(TEXTS, 1, 1).size()).isEqualTo(1);
    }

    @Test
    void leavesOutWhatFewTextsHave() {
        Features features = Features.learn(TEXTS, 2, 1_000);
        FeatureReader reader = new FeatureReader(features);
        reader.read("dog");
        assertThat(reader.size()).isZero();
        reader.read("lost");
        assertThat(reader.size()).isPositive();
    }

    @Test
    void eachKindOfFeatureHasLengthOne() {
        Features features = Features.learn(TEXTS, 1, 1_000);
        FeatureReader reader = new FeatureReader(features);
        reader.read("my lost card, my lost dog");

        double words = 0;
        double pieces = 0;
        for (int i = 0; i < reader.size(); i++) {
            double square = (double) reader.weight(i) * reader.weight(i);
            words += features.isWord(reader.feature(i)) ? square : 0;
            pieces += features.isWord(reader.feature(i)) ? 0 : square;
        }
        assertThat(words).isCloseTo(1, within(1e-5));
        assertThat(pieces).isCloseTo(1, within(1e-5));
        assertThat(reader.copyFeatures()).doesNotHaveDuplicates();
    }

    @Test
    void aReaderForgetsTheTextBefore() {
        Features features = Features.learn(TEXTS, 1, 1_000);
        FeatureReader used = new FeatureReader(features);
        used.read("the lost dog and my card ".repeat(100));
        used.read("my card");
        FeatureReader fresh = new FeatureReader(features);
        fresh.read("my card");
        assertThat(used.copyFeatures()).containsExactly(fresh.copyFeatures());
        assertThat(used.copyWeights()).containsExactly(fresh.copyWeights());
    }

    @Test
    void canBeTakenApartAndPutTogether() {
        Features features = Features.learn(TEXTS, 1, 1_000);
        Features again = new Features(features.keys(), features.rarities());
        FeatureReader one = new FeatureReader(features);
        FeatureReader other = new FeatureReader(again);
        one.read("the lost card");
        other.read("the lost card");
        assertThat(other.copyFeatures()).containsExactly(one.copyFeatures());
        assertThat(other.copyWeights()).containsExactly(one.copyWeights());
    }

    @Test
    void findsAllKeysAndNoOthers() {
        long seed = 5;
        Random random = new Random(seed);
        long[] keys = random.longs(100_000).distinct().toArray();
        float[] rarities = new float[keys.length];
        Arrays.fill(rarities, 1);
        Features features = new Features(keys, rarities);
        for (int i = 0; i < keys.length; i++) {
            assertThat(features.find(keys[i])).as("seed %d", seed).isEqualTo(i);
        }
        assertThat(random.longs(100_000).filter(key -> features.find(key) >= 0).count())
                .as("seed %d", seed)
                .isZero();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new Features(new long[] {1, 2}, new float[] {1}))
                .hasMessageContaining("2 keys and 1 rarities");
        assertThatThrownBy(() -> new Features(new long[] {1}, new float[] {Float.NaN}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Features(new long[] {7, 7}, new float[] {1, 1}))
                .hasMessageContaining("stands twice");
    }
}

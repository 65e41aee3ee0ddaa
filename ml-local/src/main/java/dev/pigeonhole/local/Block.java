package dev.pigeonhole.local;

import java.util.Arrays;
import java.util.List;

/**
 * One kind of features and how much each tells: a feature weighs more the fewer texts have it. Immutable.
 *
 * <p>A text's vector has length 1 counting the features the block has not seen; they are as rare as can be and weigh most. So a
 * text that is mostly unknown has a short vector, weak scores and a low confidence.
 */
final class Block {
    private final FeatureIndex index;
    private final float[] rarity;
    private final float unseenRarity;

    private Block(FeatureIndex index, float[] rarity, float unseenRarity) {
        this.index = index;
        this.rarity = rarity;
        this.unseenRarity = unseenRarity;
    }

    /** Learns from the sorted features of each text. */
    static Block fit(List<long[]> texts) {
        FeatureIndex index = new FeatureIndex();
        int[] frequency = new int[1024];
        for (long[] grams : texts) {
            for (int i = 0; i < grams.length; i = endOfRun(grams, i)) {
                int feature = index.add(grams[i]);
                if (feature == frequency.length) {
                    frequency = Arrays.copyOf(frequency, 2 * feature);
                }
                frequency[feature]++;
            }
        }
        float[] rarity = new float[index.size()];
        for (int f = 0; f < rarity.length; f++) {
            rarity[f] = rarity(texts.size(), frequency[f]);
        }
        return new Block(index, rarity, rarity(texts.size(), 0));
    }

    private static float rarity(int texts, int frequency) {
        return (float) (1 + StrictMath.log((1.0 + texts) / (1.0 + frequency)));
    }

    int size() {
        return rarity.length;
    }

    SparseVector vector(long[] grams) {
        int[] features = new int[grams.length];
        float[] weights = new float[grams.length];
        int known = 0;
        double squares = 0;
        int end;
        for (int i = 0; i < grams.length; i = end) {
            end = endOfRun(grams, i);
            int feature = index.find(grams[i]);
            float weight = damped(end - i) * (feature < 0 ? unseenRarity : rarity[feature]);
            squares += (double) weight * weight;
            if (feature >= 0) {
                features[known] = feature;
                weights[known++] = weight;
            }
        }
        if (known == 0) {
            return SparseVector.EMPTY;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < known; i++) {
            weights[i] *= scale;
        }
        return new SparseVector(Arrays.copyOf(features, known), Arrays.copyOf(weights, known));
    }

    private static int endOfRun(long[] grams, int start) {
        int end = start + 1;
        while (end < grams.length && grams[end] == grams[start]) {
            end++;
        }
        return end;
    }

    /** Ten times the same word does not say ten times as much. */
    private static float damped(int count) {
        return count == 1 ? 1 : (float) (1 + StrictMath.log(count));
    }
}

package dev.pigeonhole.local.features;

import java.util.Arrays;

/**
 * Turns texts into vectors: the features of a text that are known, each once, with their weights. A weight is the feature's rarity
 * times {@code 1 + ln(times it occurs)}; words and pieces are brought to length 1 each, so both kinds have the same say.
 *
 * <p>A buffer to use again for the next text; not thread-safe: one for each thread, or for each call.
 */
public final class FeatureReader {
    /** Ten times the same word does not say ten times as much. */
    private static final float[] DAMPED = damped(64);

    private static final int NONE = -1;

    private final Features known;
    private final float unknownRarity;
    private final Grams grams = new Grams();
    /** Open addressing: the place of a feature in the vector, to find what occurs again. */
    private int[] slots = new int[512];
    /** Of the slots that the text uses: their number, less one. */
    private int mask = 511;

    private int[] features = new int[512];
    private int[] counts = new int[512];
    private float[] weights = new float[512];
    private int size;
    private int unknown;

    /** What is not known of a text is not looked at. */
    public FeatureReader(Features known) {
        this(known, 0);
    }

    /**
     * What is not known of a text makes what is known shorter: both together have length 1 then.
     *
     * @param unknownRarity of features that are not known; at least 0
     */
    public FeatureReader(Features known, float unknownRarity) {
        this.known = known;
        this.unknownRarity = unknownRarity;
    }

    /** Reads a text; what was read before is forgotten. */
    public void read(String text) {
        grams.read(text);
        reserve(grams.size());
        size = 0;
        find(0, grams.words());
        int words = size;
        weigh(0, words);
        find(grams.words(), grams.size());
        weigh(words, size);
    }

    /** How many features of the text are known; 0 if it has nothing in common with what was learned. */
    public int size() {
        return size;
    }

    /** The number of a feature. In the order in which they first occur: words and pairs first, then pieces. */
    public int feature(int place) {
        return features[place];
    }

    /** Above 0, at most 1. */
    public float weight(int place) {
        return weights[place];
    }

    /** The numbers of all features, in order; a new array. */
    public int[] copyFeatures() {
        return Arrays.copyOf(features, size);
    }

    /** The weights of all features, in order; a new array. */
    public float[] copyWeights() {
        return Arrays.copyOf(weights, size);
    }

    private void reserve(int most) {
        if (features.length < most) {
            int length = Math.max(most, 2 * features.length);
            features = new int[length];
            counts = new int[length];
            weights = new float[length];
        }
        int needed = Integer.highestOneBit(Math.max(256, most)) * 2;
        if (slots.length < needed) {
            slots = new int[needed];
        }
        // No more than this text needs: one long text must not make all short ones after it slow.
        mask = needed - 1;
        Arrays.fill(slots, 0, needed, NONE);
    }

    private void find(int from, int to) {
        long[] keys = grams.keys();
        unknown = 0;
        for (int i = from; i < to; i++) {
            int feature = known.find(keys[i]);
            if (feature >= 0) {
                count(feature);
            } else {
                unknown++;
            }
        }
    }

    private void count(int feature) {
        int slot = ((feature * 0x9E3779B1) >>> 7) & mask;
        int place = slots[slot];
        while (place != NONE && features[place] != feature) {
            slot = (slot + 1) & mask;
            place = slots[slot];
        }
        if (place == NONE) {
            slots[slot] = size;
            features[size] = feature;
            counts[size++] = 1;
        } else {
            counts[place]++;
        }
    }

    private void weigh(int from, int to) {
        float squares = unknown * unknownRarity * unknownRarity;
        for (int i = from; i < to; i++) {
            float weight = damped(counts[i], known.rarity(features[i]));
            weights[i] = weight;
            squares += weight * weight;
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int i = from; i < to; i++) {
            weights[i] *= scale;
        }
    }

    private static float damped(int count, float rarity) {
        return rarity * (count < DAMPED.length ? DAMPED[count] : (float) (1 + StrictMath.log(count)));
    }

    private static float[] damped(int length) {
        float[] damped = new float[length];
        for (int count = 1; count < length; count++) {
            damped[count] = (float) (1 + StrictMath.log(count));
        }
        return damped;
    }
}

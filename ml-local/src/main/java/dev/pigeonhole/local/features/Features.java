package dev.pigeonhole.local.features;

import java.util.Arrays;

/**
 * The features that are known, numbered from 0, each with its rarity: a feature tells more the fewer texts have it. The most frequent
 * have the lowest numbers, so that what is needed often lies together. Immutable, thread-safe. Read texts with a {@link FeatureReader}.
 */
public final class Features {
    /** More are never kept: the number of a feature has 20 bits in the table. */
    public static final int MAX_SIZE = (1 << 20) - 1;

    private static final long NUMBER_BITS = (1 << 20) - 1;
    private static final long FREE = -1;

    private final long[] keys;
    private final float[] rarities;
    /** Open addressing; an entry holds the upper bits of the key and, in the lowest 20, the number: one look in memory for both. */
    private final long[] table;

    /**
     * Features as {@link #keys} and {@link #rarities} gave them.
     *
     * @param keys all different, at most {@value #MAX_SIZE}
     * @param rarities as many as keys, finite, above 0
     * @throws IllegalArgumentException that is not so
     */
    public Features(long[] keys, float[] rarities) {
        if (keys.length != rarities.length || keys.length > MAX_SIZE) {
            throw new IllegalArgumentException("expected as many rarities as keys, and at most " + MAX_SIZE + ", found "
                    + keys.length + " keys and " + rarities.length + " rarities");
        }
        for (float rarity : rarities) {
            if (!(rarity > 0 && rarity < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a rarity must be above 0 and finite, was " + rarity);
            }
        }
        this.keys = keys.clone();
        this.rarities = rarities.clone();
        this.table = table(keys);
    }

    /**
     * Learns from texts.
     *
     * @param minTexts features that fewer texts have are left out; at least 1
     * @param most keep only so many of the most frequent; from 1 to {@value #MAX_SIZE}
     */
    public static Features learn(Iterable<String> texts, int minTexts, int most) {
        FeatureCounter counter = new FeatureCounter();
        texts.forEach(counter::add);
        return counter.features(minTexts, most);
    }

    private static long[] table(long[] keys) {
        int slots = Integer.highestOneBit(Math.max(8, 2 * keys.length)) * 2;
        long[] table = new long[slots];
        Arrays.fill(table, FREE);
        for (int number = 0; number < keys.length; number++) {
            int slot = (int) keys[number] & (slots - 1);
            while (table[slot] != FREE) {
                if (keys[(int) (table[slot] & NUMBER_BITS)] == keys[number]) {
                    throw new IllegalArgumentException("the same key stands twice, as feature "
                            + (table[slot] & NUMBER_BITS) + " and as feature " + number);
                }
                slot = (slot + 1) & (slots - 1);
            }
            table[slot] = (keys[number] & ~NUMBER_BITS) | number;
        }
        return table;
    }

    public int size() {
        return keys.length;
    }

    /** The hash of each feature, as {@link Grams} makes them. A copy. */
    public long[] keys() {
        return keys.clone();
    }

    /** The inverse document frequency of each feature, smoothed: {@code 1 + ln((1 + texts) / (1 + texts with it))}. A copy. */
    public float[] rarities() {
        return rarities.clone();
    }

    /** Whether a feature is a word or a pair of words, not a piece of a word. */
    public boolean isWord(int feature) {
        return Grams.isWord(keys[feature]);
    }

    float rarity(int feature) {
        return rarities[feature];
    }

    /** The number of the feature; -1 if it is not known. Two hashes that differ in 20 bits only are one in 2^44. */
    int find(long key) {
        int mask = table.length - 1;
        int slot = (int) key & mask;
        long entry = table[slot];
        while (entry != FREE) {
            if (((entry ^ key) & ~NUMBER_BITS) == 0) {
                return (int) (entry & NUMBER_BITS);
            }
            slot = (slot + 1) & mask;
            entry = table[slot];
        }
        return -1;
    }
}

package dev.pigeonhole.local.features;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Counts in how many texts each feature occurs: an open-addressing map. Not thread-safe. */
final class FeatureCounter {
    /** Above this, the rarest are forgotten, so that memory stays below about 300 MB, and twice that for a moment. */
    private static final int MAX_COUNTED = 6_000_000;

    private final Grams grams = new Grams();
    private long[] keys = new long[1 << 12];
    private int[] counts = new int[keys.length];
    /** The text in which the feature was last seen, so that it counts once for each. */
    private int[] lastTexts = new int[keys.length];

    private int size;
    private int texts;

    void add(String text) {
        texts++;
        grams.read(text);
        for (int i = 0; i < grams.size(); i++) {
            count(grams.key(i));
        }
        if (size > MAX_COUNTED) {
            forgetRarest();
        }
    }

    /** Mostly those seen in one text only; enough that it need not be done again soon. */
    private void forgetRarest() {
        for (int least = 2; size > MAX_COUNTED / 4 * 3; least++) {
            rebuild(keys.length, least);
        }
    }

    private void count(long key) {
        int slot = slot(key);
        if (counts[slot] == 0) {
            keys[slot] = key;
            size++;
        }
        if (lastTexts[slot] != texts) {
            lastTexts[slot] = texts;
            counts[slot]++;
        }
        if (size > keys.length / 2) {
            rebuild(2 * keys.length, 1);
        }
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) key & mask;
        while (counts[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void rebuild(int length, int minCount) {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        int[] oldTexts = lastTexts;
        keys = new long[length];
        counts = new int[length];
        lastTexts = new int[length];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] >= minCount) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
                lastTexts[slot] = oldTexts[i];
                size++;
            }
        }
    }

    /** The most frequent first; of equally frequent ones the lower hash, so that the order of the texts changes nothing. */
    Features features(int minTexts, int most) {
        int limit = leastCount(minTexts, most);
        int[] kept = IntStream.range(0, keys.length)
                .filter(slot -> counts[slot] >= limit)
                .boxed()
                .sorted((a, b) ->
                        counts[a] != counts[b] ? Integer.compare(counts[b], counts[a]) : Long.compare(keys[a], keys[b]))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
        long[] keptKeys = new long[kept.length];
        float[] rarities = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            keptKeys[i] = keys[kept[i]];
            rarities[i] = (float) (1 + StrictMath.log((1.0 + texts) / (1.0 + counts[kept[i]])));
        }
        return new Features(keptKeys, rarities);
    }

    /** Spares the sorting of what will not be kept. */
    private int leastCount(int minTexts, int most) {
        int[] sorted = Arrays.stream(counts)
                .filter(count -> count >= minTexts)
                .sorted()
                .toArray();
        return sorted.length <= most ? Math.max(1, minTexts) : sorted[sorted.length - most];
    }
}

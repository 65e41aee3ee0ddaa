package dev.pigeonhole.quality;

import java.util.Arrays;

/**
 * Counts pairs of small numbers; takes room only for pairs that occur. A hash table with open addressing: 16 bytes a place. Not
 * thread-safe.
 */
final class PairCounts {
    private static final long FREE = -1;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] keys = freeKeys(64);
    private long[] counts = new long[64];
    private int pairs;

    interface Each {
        void accept(int first, int second, long count);
    }

    void add(int first, int second) {
        if (pairs * 2 >= keys.length) {
            grow();
        }
        add(((long) first << 32) | second, 1);
    }

    void forEach(Each each) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != FREE) {
                each.accept((int) (keys[i] >>> 32), (int) keys[i], counts[i]);
            }
        }
    }

    private void add(long key, long count) {
        int place = (int) ((key * SPREAD) >>> 32) & (keys.length - 1);
        while (keys[place] != FREE && keys[place] != key) {
            place = (place + 1) & (keys.length - 1);
        }
        pairs += keys[place] == FREE ? 1 : 0;
        keys[place] = key;
        counts[place] += count;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldCounts = counts;
        keys = freeKeys(oldKeys.length * 2);
        counts = new long[keys.length];
        pairs = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                add(oldKeys[i], oldCounts[i]);
            }
        }
    }

    private static long[] freeKeys(int size) {
        long[] keys = new long[size];
        Arrays.fill(keys, FREE);
        return keys;
    }
}

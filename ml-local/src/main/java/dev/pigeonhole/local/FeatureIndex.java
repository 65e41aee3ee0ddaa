package dev.pigeonhole.local;

import java.util.Arrays;

/** Numbers the features from 0 in the order they are first seen: an open-addressing map from long to int. Not thread-safe while adding. */
final class FeatureIndex {
    private static final int FREE = -1;

    private long[] keys = new long[2048];
    private int[] numbers = free(keys.length);
    private int size;

    int size() {
        return size;
    }

    /** The number of the feature; -1 if it was never added. */
    int find(long key) {
        return numbers[slot(key)];
    }

    /** The number of the feature, a new one if it was never added. */
    int add(long key) {
        int slot = slot(key);
        if (numbers[slot] != FREE) {
            return numbers[slot];
        }
        keys[slot] = key;
        numbers[slot] = size++;
        if (2 * size > keys.length) {
            grow();
        }
        return size - 1;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) (key ^ (key >>> 32)) & mask;
        while (numbers[slot] != FREE && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[2 * oldKeys.length];
        numbers = free(keys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] != FREE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }

    private static int[] free(int length) {
        int[] numbers = new int[length];
        Arrays.fill(numbers, FREE);
        return numbers;
    }
}

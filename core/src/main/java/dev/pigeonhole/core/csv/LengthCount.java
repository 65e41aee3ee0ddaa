package dev.pigeonhole.core.csv;

import java.util.Arrays;

/** Finds the median of lengths in bounded memory: exact up to 63, beyond it within two per cent. Not thread-safe. */
final class LengthCount {
    /** Steps from one power of two to the next. */
    private static final int STEPS = 32;

    private long[] counts = new long[2 * STEPS];
    private long total;

    void add(int length) {
        int step = step(length);
        if (step >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(step + 1, counts.length + STEPS));
        }
        counts[step]++;
        total++;
    }

    /** 0 if there are none. */
    int median() {
        long below = 0;
        for (int step = 0; step < counts.length; step++) {
            below += counts[step];
            if (2 * below >= total) {
                return total == 0 ? 0 : middle(step);
            }
        }
        return 0;
    }

    private static int step(int length) {
        int shift = shift(length);
        return shift * STEPS + (length >>> shift);
    }

    /** How many lower bits of a length do not count. */
    private static int shift(int length) {
        return Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(length / STEPS) - 1);
    }

    private static int middle(int step) {
        int shift = Math.max(0, step / STEPS - 1);
        int first = (step - shift * STEPS) << shift;
        return first + (1 << shift) / 2;
    }
}

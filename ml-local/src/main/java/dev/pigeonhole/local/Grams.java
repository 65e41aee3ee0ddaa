package dev.pigeonhole.local;

import java.util.Arrays;

/** Cuts a text into the features it is compared by, each as a 64-bit hash. A feature that occurs twice is listed twice. Stateless. */
final class Grams {
    private static final long WORD_SEED = 0x2545F4914F6CDD1DL;
    private static final long CHAR_SEED = 0x9E3779B97F4A7C15L;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 5;

    private Grams() {}

    /** Words and pairs of neighbouring words, sorted. */
    static long[] words(FoldedText text) {
        int[] chars = text.codePoints();
        long[] grams = new long[chars.length + 1];
        int count = 0;
        long word = WORD_SEED;
        long previous = 0;
        for (int i = 1; i < chars.length; i++) {
            if (chars[i] != ' ') {
                word = step(word, chars[i]);
                continue;
            }
            if (previous != 0) {
                grams[count++] = step(previous, word);
            }
            grams[count++] = word;
            previous = word;
            word = WORD_SEED;
        }
        return sorted(grams, count);
    }

    /** Pieces of 2 to 5 characters inside a word and the spaces around it, sorted. */
    static long[] chars(FoldedText text) {
        int[] chars = text.codePoints();
        long[] grams = new long[chars.length * (LONGEST - SHORTEST + 1)];
        int count = 0;
        for (int start = 0; start < chars.length - 1; start++) {
            long gram = step(CHAR_SEED, chars[start]);
            for (int i = start + 1; i < Math.min(start + LONGEST, chars.length); i++) {
                gram = step(gram, chars[i]);
                grams[count++] = gram;
                if (chars[i] == ' ') {
                    break;
                }
            }
        }
        return sorted(grams, count);
    }

    private static long[] sorted(long[] grams, int count) {
        Arrays.sort(grams, 0, count);
        return Arrays.copyOf(grams, count);
    }

    private static long step(long hash, long next) {
        long mixed = (31 * hash + next) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 29);
    }
}

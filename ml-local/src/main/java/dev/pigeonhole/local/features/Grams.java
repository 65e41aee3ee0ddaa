package dev.pigeonhole.local.features;

/**
 * Cuts a text into words, pairs of neighbouring words, and pieces of 2 to 5 characters inside a word and the spaces around it; each is
 * known by a hash of 63 bits. What occurs twice is listed twice. Works for any script: an ideograph is a word by itself, and where
 * words are not parted by spaces, the pieces tell what they are.
 *
 * <p>A buffer to use again for the next text: nothing is allocated once it has grown to the longest. Not thread-safe. Of a text longer
 * than 16,384 characters, the rest is not looked at.
 */
public final class Grams {
    private static final long WORD_SEED = 0x2545F4914F6CDD1DL;
    private static final long PIECE_SEED = 0x9E3779B97F4A7C15L;
    private static final long STEP = 0xD6E8FEB86659FD93L;
    private static final long PIECE_BIT = Long.MIN_VALUE;
    private static final int LONGEST = 5;
    /** No ideographs below. */
    private static final int FIRST_IDEOGRAPH = 0x2E80;

    private final FoldedCharacters text = new FoldedCharacters();
    private long[] keys = new long[1024];
    private int words;
    private int size;

    /** Forgets the text before. */
    public void read(String newText) {
        text.read(newText);
        // A code point is part of at most two features of words and four of pieces.
        if (keys.length < 6 * text.length()) {
            keys = new long[Math.max(6 * text.length(), 2 * keys.length)];
        }
        size = 0;
        readWords();
        words = size;
        readPieces();
    }

    /** How many there are, of both kinds. */
    public int size() {
        return size;
    }

    /** How many of them are words or pairs of words; they come first. */
    public int words() {
        return words;
    }

    /** The hash. Negative for pieces, else not. */
    public long key(int place) {
        return keys[place];
    }

    /** Whether the hash is one of a word or a pair of words. */
    public static boolean isWord(long key) {
        return key >= 0;
    }

    /** The hashes so far, and whatever is behind them. */
    long[] keys() {
        return keys;
    }

    private void readWords() {
        int[] chars = text.codePoints();
        int length = text.length();
        long word = WORD_SEED;
        long previous = 0;
        for (int i = 1; i < length; i++) {
            int c = chars[i];
            if (c != ' ') {
                word = word * STEP + c;
            }
            if (word != WORD_SEED && (c == ' ' || endsHere(c, chars[i + 1]))) {
                if (previous != 0) {
                    keys[size++] = mix((previous ^ (previous >>> 31)) * STEP + word) & ~PIECE_BIT;
                }
                keys[size++] = mix(word) & ~PIECE_BIT;
                previous = word;
                word = WORD_SEED;
            }
        }
    }

    private static boolean endsHere(int c, int next) {
        return (c >= FIRST_IDEOGRAPH && Character.isIdeographic(c))
                || (next >= FIRST_IDEOGRAPH && Character.isIdeographic(next));
    }

    private void readPieces() {
        int[] chars = text.codePoints();
        int length = text.length();
        long[] found = keys;
        int count = size;
        for (int start = 0; start < length - 1; start++) {
            long piece = PIECE_SEED + chars[start];
            int end = Math.min(start + LONGEST, length);
            for (int i = start + 1; i < end; i++) {
                int c = chars[i];
                piece = piece * STEP + c;
                found[count++] = mix(piece) | PIECE_BIT;
                if (c == ' ') {
                    break;
                }
            }
        }
        size = count;
    }

    private static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 32)) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 29);
    }
}

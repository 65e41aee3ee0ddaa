package dev.pigeonhole.core.job;

import java.util.BitSet;

/**
 * Texts that were seen, as far as a few bits a text can tell (a Bloom filter): a text that was seen is always recognised, and of those
 * that were not, hardly any is taken for one that was; two in a thousand, if there are ten million. So a text is never asked about
 * twice, and the few rows that are left out for nothing are asked about later. At most 16 MiB. Not thread-safe.
 *
 * <p>Source: B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors", CACM 13 (1970).
 */
final class AskedTexts {
    private static final long BITS_PER_TEXT = 32;
    private static final long LEAST_BITS = 1L << 20;
    private static final long MOST_BITS = 1L << 27;
    private static final int HASHES = 7;

    private final int bits;
    private final BitSet seen;

    /** @param texts how many there may be */
    AskedTexts(long texts) {
        bits = (int) Math.max(LEAST_BITS, Math.min(MOST_BITS, texts * BITS_PER_TEXT));
        seen = new BitSet(bits);
    }

    /** Whether the text may have been seen before; from now on it was. */
    boolean add(String text) {
        long hash = hash(text);
        // Two hashes make all others: Kirsch and Mitzenmacher, "Less hashing, same performance" (2006).
        long step = mixed(hash) | 1;
        boolean known = true;
        for (int i = 0; i < HASHES; i++) {
            int bit = (int) Long.remainderUnsigned(hash + i * step, bits);
            known &= seen.get(bit);
            seen.set(bit);
        }
        return known;
    }

    /** FNV-1a over the characters, mixed: {@code String.hashCode} has too few bits for millions of texts. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    /** The finishing steps of SplitMix64. */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}

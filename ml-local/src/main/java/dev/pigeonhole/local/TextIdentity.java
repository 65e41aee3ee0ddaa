package dev.pigeonhole.local;

import dev.pigeonhole.local.features.Grams;

/** Tells texts that are the same but for case, accents and punctuation. A buffer to use again; not thread-safe. */
final class TextIdentity {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final Grams grams = new Grams();

    /** Equal for equal texts; for others it is not, but by a chance of one in 2^64. */
    long of(String text) {
        grams.read(text);
        if (grams.words() == 0) {
            return text.hashCode();
        }
        long hash = grams.words();
        for (int i = 0; i < grams.words(); i++) {
            hash = (hash ^ grams.key(i)) * STEP;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}

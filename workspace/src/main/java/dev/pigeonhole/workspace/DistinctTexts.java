package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts different texts in bounded memory: exactly up to a number of them, beyond it by linear counting over a bit map (Whang et
 * al., "A linear-time probabilistic counting algorithm", 1990), within about one per cent up to a hundred million. Not
 * thread-safe.
 */
public final class DistinctTexts {
    private static final int MOST_EXACT = 100_000;
    private static final int BITS = 1 << 27;

    private final MessageDigest digest = Digest.start();
    private final Set<Long> exact = new HashSet<>();
    private long[] map = {};

    /** Returns whether the text was not there before, as far as that is known: beyond the exact number, a few are missed. */
    public boolean add(String text) {
        long hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        if (map.length > 0) {
            return mark(hash);
        }
        boolean first = exact.add(hash);
        if (exact.size() > MOST_EXACT) {
            map = new long[BITS / Long.SIZE];
            exact.forEach(this::mark);
            exact.clear();
        }
        return first;
    }

    public boolean isExact() {
        return map.length == 0;
    }

    public long count() {
        if (isExact()) {
            return exact.size();
        }
        long set = 0;
        for (long word : map) {
            set += Long.bitCount(word);
        }
        double empty = Math.max(1, BITS - set) / (double) BITS;
        return Math.round(-BITS * Math.log(empty));
    }

    private boolean mark(long hash) {
        int bit = (int) (hash & (BITS - 1));
        boolean first = (map[bit >>> 6] & 1L << bit) == 0;
        map[bit >>> 6] |= 1L << bit;
        return first;
    }
}

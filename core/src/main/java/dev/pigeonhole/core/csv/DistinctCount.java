package dev.pigeonhole.core.csv;

/**
 * Counts different values in bounded memory: exactly up to a limit, beyond it by adaptive sampling (Flajolet, "On adaptive sampling",
 * 1990): each time there are too many, only every second one that may come at all is kept on. Not thread-safe.
 */
final class DistinctCount {
    private static final int SMALLEST = 64;
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final int limit;
    /** Open addressing by the upper bits; 0 is a free place. */
    private long[] kept = new long[SMALLEST];

    private int size;
    /** So many lower bits of a hash must be zero for it to be kept. */
    private int level;

    DistinctCount(int limit) {
        this.limit = limit;
    }

    void add(String value) {
        long hash = hash(value);
        if (Long.numberOfTrailingZeros(hash) < level || !put(kept, hash)) {
            return;
        }
        size++;
        while (size > limit) {
            level++;
            keep(kept.length);
        }
        if (size > kept.length / 2) {
            keep(2 * kept.length);
        }
    }

    boolean isExact() {
        return level == 0;
    }

    long count() {
        return (long) size << level;
    }

    private void keep(int places) {
        long[] before = kept;
        kept = new long[places];
        size = 0;
        for (long hash : before) {
            if (hash != 0 && Long.numberOfTrailingZeros(hash) >= level && put(kept, hash)) {
                size++;
            }
        }
    }

    /** Whether it was not there before. */
    private static boolean put(long[] table, long hash) {
        int at = (int) (hash >>> (Long.numberOfLeadingZeros(table.length) + 1));
        while (table[at] != 0) {
            if (table[at] == hash) {
                return false;
            }
            at = (at + 1) & (table.length - 1);
        }
        table[at] = hash;
        return true;
    }

    /** Never 0. */
    private static long hash(String value) {
        long hash = value.length();
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * MIX;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ (hash >>> 29)) * MIX;
        hash ^= hash >>> 32;
        return hash == 0 ? Long.MIN_VALUE : hash;
    }
}

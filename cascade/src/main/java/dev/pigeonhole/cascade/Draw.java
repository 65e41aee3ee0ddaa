package dev.pigeonhole.cascade;

/**
 * Lots for rows and texts: a fixed place from 0 to 1 each, spread evenly and without regard to order or content. The same seed gives
 * the same places. Immutable.
 */
final class Draw {
    /** The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), whose bits are as good as independent. */
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private static final long FOR_AUDITS = 1;
    private static final long FOR_FOLDS = 2;

    private final long seed;

    Draw(long seed) {
        this.seed = mixed(seed);
    }

    /** Where a row falls: at least 0, less than 1. */
    double place(long row) {
        return place(0, row);
    }

    /** The first row, this one or a later one, that falls between the two; a number beyond the last row if there is none. */
    long next(long row, long rows, double from, double to) {
        long next = row;
        while (next <= rows && !isWithin(next, from, to)) {
            next++;
        }
        return next;
    }

    /** Whether a row falls at the first or behind it, and before the second. */
    boolean isWithin(long row, double from, double to) {
        double place = place(row);
        return place >= from && place < to;
    }

    /** Where a text falls when audits are drawn: rows with the same text are audited together, or none of them is. */
    double auditPlace(String text) {
        return place(FOR_AUDITS, identity(text));
    }

    /** The fold of a text, from 0; texts that differ only in case, space and punctuation are in the same. */
    int fold(String text, int folds) {
        return (int) (place(FOR_FOLDS, identity(text)) * folds);
    }

    private double place(long purpose, long value) {
        return (mixed(mixed(seed + purpose) + value * STEP) >>> 11) * 0x1p-53;
    }

    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static long identity(String text) {
        long hash = 0;
        long raw = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            raw = mixed(raw + point + STEP);
            if (Character.isLetterOrDigit(point)) {
                hash = mixed(hash + Character.toLowerCase(point) + STEP);
            }
        }
        return hash == 0 ? raw : hash;
    }
}

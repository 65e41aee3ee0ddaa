package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Remembers of texts which label they had first, in bounded memory: by 64 bits of their SHA-256, up to a number of texts. Not
 * thread-safe.
 */
final class TextLabels {
    /** At 16 bytes a place, and half of the places empty, 64 MiB. */
    private static final int MOST = 1 << 21;

    private static final int FIRST_PLACES = 1 << 10;
    private static final long NO_TEXT = 0;

    private final MessageDigest digest = Digest.start();
    private long[] texts = new long[FIRST_PLACES];
    private int[] labels = new int[FIRST_PLACES];
    private int[] rows = new int[FIRST_PLACES];
    private int size;

    /** What was known of a text. A label below zero is the complement of one that was found not to be the only one. */
    record Known(int label, int row) {
        static final Known NOTHING = new Known(0, 0);

        boolean isNothing() {
            return row == 0;
        }
    }

    /**
     * Tells what was known of a text, and remembers it if that was nothing.
     *
     * @param label at least 0
     * @param row from 1; beyond the range of an int it is not right any more
     */
    Known put(String text, int label, long row) {
        long hash = hash(text);
        int place = place(hash);
        if (texts[place] != NO_TEXT) {
            Known known = new Known(labels[place], rows[place]);
            if (known.label() >= 0 && known.label() != label) {
                labels[place] = ~known.label();
            }
            return known;
        }
        if (size < MOST) {
            texts[place] = hash;
            labels[place] = label;
            rows[place] = (int) Math.min(row, Integer.MAX_VALUE);
            size++;
            growIfFull();
        }
        return Known.NOTHING;
    }

    /** Whether nothing was forgotten. */
    boolean isComplete() {
        return size < MOST;
    }

    private long hash(String text) {
        long hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return hash == NO_TEXT ? 1 : hash;
    }

    private int place(long hash) {
        int place = (int) hash & (texts.length - 1);
        while (texts[place] != NO_TEXT && texts[place] != hash) {
            place = (place + 1) & (texts.length - 1);
        }
        return place;
    }

    private void growIfFull() {
        if (size <= texts.length / 2) {
            return;
        }
        long[] oldTexts = texts;
        int[] oldLabels = labels;
        int[] oldRows = rows;
        texts = new long[oldTexts.length * 2];
        labels = new int[texts.length];
        rows = new int[texts.length];
        for (int i = 0; i < oldTexts.length; i++) {
            if (oldTexts[i] != NO_TEXT) {
                int place = place(oldTexts[i]);
                texts[place] = oldTexts[i];
                labels[place] = oldLabels[i];
                rows[place] = oldRows[i];
            }
        }
    }
}

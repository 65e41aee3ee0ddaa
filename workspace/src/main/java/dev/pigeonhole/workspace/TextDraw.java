package dev.pigeonhole.workspace;

import dev.pigeonhole.core.csv.CsvItem;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Draws different texts at random, as they pass by, in bounded memory: each text has a number that looks random, and those with the
 * lowest numbers are drawn ("bottom-k sampling"). So each has the same chance however often it occurs, none is drawn twice, and the
 * order in which they pass by changes nothing. Not thread-safe.
 */
final class TextDraw {
    /** 8 MB. */
    static final long MOST_CHARACTERS = 4L << 20;

    private final int most;
    private final TreeMap<Long, CsvItem> drawn = new TreeMap<>();
    private long limit = Long.MAX_VALUE;
    private long characters;

    TextDraw(int most) {
        this.most = most;
    }

    void look(CsvItem row) {
        if (row.misshapen() || row.text().isBlank()) {
            return;
        }
        long number = number(row.text());
        if (number < limit && drawn.putIfAbsent(number, row) == null) {
            characters += row.text().length();
            while (drawn.size() > most || (characters > MOST_CHARACTERS && drawn.size() > 1)) {
                limit = drawn.lastKey();
                characters -= drawn.remove(limit).text().length();
            }
        }
    }

    /** In the order of their rows. */
    List<String> texts() {
        return drawn.values().stream()
                .sorted(Comparator.comparingLong(CsvItem::row))
                .map(CsvItem::text)
                .toList();
    }

    /** A 64-bit hash, of which every bit depends on every character (finalizer of MurmurHash3). */
    private static long number(String text) {
        return number(text, 0);
    }

    /** The same, another one for each seed. */
    static long number(String text, long seed) {
        long hash = 0x9E3779B97F4A7C15L + seed;
        for (int i = 0; i < text.length(); i++) {
            hash = hash * 0xD6E8FEB86659FD93L + text.charAt(i);
        }
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return hash ^ (hash >>> 33);
    }
}

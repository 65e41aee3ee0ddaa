package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.csv.CsvInspection.Column;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** Counts what a column holds, in bounded memory. Not thread-safe. */
final class ColumnTally {
    private static final int SAMPLE = 1_000;
    /** Characters that are looked at to tell language from other values. */
    private static final int LOOKED_AT = 200;

    private static final int LETTERS_OF_DENSE_SCRIPT = 4;
    /** Scripts that put no spaces between words. */
    private static final Set<UnicodeScript> DENSE = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private final DistinctCount distinct;
    private final LengthCount lengths = new LengthCount();
    private long values;
    private long prose;
    private String sample = "";

    /** @param exact how many different values are counted exactly */
    ColumnTally(int exact) {
        this.distinct = new DistinctCount(exact);
    }

    void add(String raw) {
        String value = ItemMaker.withoutNul(raw);
        if (value.isBlank()) {
            return;
        }
        if (values == 0) {
            sample = cut(value);
        }
        values++;
        prose += readsLikeLanguage(value) ? 1 : 0;
        distinct.add(value);
        lengths.add(value.length());
    }

    Column column(int index, String name, long rows) {
        return new Column(
                index,
                name,
                rows == 0 ? 0 : values / (double) rows,
                values == 0 ? 0 : prose / (double) values,
                lengths.median(),
                values,
                distinct.count(),
                distinct.isExact(),
                sample);
    }

    private static String cut(String value) {
        if (value.length() <= SAMPLE) {
            return value;
        }
        return value.substring(0, Character.isHighSurrogate(value.charAt(SAMPLE - 1)) ? SAMPLE - 1 : SAMPLE);
    }

    private static boolean readsLikeLanguage(String value) {
        int words = 0;
        int dense = 0;
        boolean inWord = false;
        for (int i = 0; i < Math.min(value.length(), LOOKED_AT); i++) {
            char c = value.charAt(i);
            boolean letter = Character.isLetter(c);
            boolean begins = letter && !inWord && (i == 0 || opens(value.charAt(i - 1)));
            words += begins ? 1 : 0;
            dense += letter && c > '\u0e00' && DENSE.contains(UnicodeScript.of(c)) ? 1 : 0;
            if (words > 1 || dense >= LETTERS_OF_DENSE_SCRIPT) {
                return true;
            }
            inWord = letter;
        }
        return false;
    }

    /** What may stand before a word, so that the parts of an address or a path are none. */
    private static boolean opens(char before) {
        return Character.isWhitespace(before) || "\"'([{¿¡„“‘«*".indexOf(before) >= 0;
    }
}

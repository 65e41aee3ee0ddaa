package dev.pigeonhole.workspace;

import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What users wrote, and numbers, as notes about categories show them. Stateless. */
final class LintWords {
    private static final int MOST_OF_A_NAME = 60;
    private static final int MOST_OF_A_TEXT = 160;
    private static final int NAMED_IN_A_GROUP = 3;

    private LintWords() {}

    /** A name, short enough for a message. */
    static String clip(String text) {
        return clip(text, MOST_OF_A_NAME);
    }

    /** A text, short enough to be an example. */
    static String example(String text) {
        return clip(text, MOST_OF_A_TEXT).strip();
    }

    private static String clip(String text, int most) {
        // Only as much is looked at as can be shown: a text may have millions of characters.
        String start = text.length() > 4 * most ? text.substring(0, 4 * most) : text;
        String line = start.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
        return line.codePointCount(0, line.length()) <= most
                ? line
                : line.substring(0, line.offsetByCodePoints(0, most)) + "…";
    }

    static String quoted(String name) {
        return "\"" + clip(name) + "\"";
    }

    /** The first three and how many more there are; all, if there are but three. */
    static String named(List<String> all) {
        String first = all.stream().limit(NAMED_IN_A_GROUP).collect(Collectors.joining(", "));
        return all.size() <= NAMED_IN_A_GROUP ? first : first + " and " + (all.size() - NAMED_IN_A_GROUP) + " more";
    }

    /** {@code 12,431}. */
    static String number(long value) {
        return NumberFormat.getIntegerInstance(Locale.ROOT).format(value);
    }

    /** {@code 1 row}, {@code 12 rows}. */
    static String rows(long count) {
        return number(count) + (count == 1 ? " row" : " rows");
    }

    /** {@code 23 %}. */
    static String percent(long part, long of) {
        return Math.round(100.0 * part / of) + " %";
    }
}

package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.ConfigurationException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The characters between columns, and the words for them. Stateless. */
final class Delimiters {
    /** Those that are looked for, the most usual first. */
    static final List<Character> CANDIDATES = List.of(',', ';', '\t', '|');

    private static final Map<String, Character> WORDS =
            Map.of("tab", '\t', "\\t", '\t', "comma", ',', "semicolon", ';', "pipe", '|');

    private Delimiters() {}

    /** What the user typed after {@code --delimiter}. */
    static char parse(String typed) {
        Character word = WORDS.get(typed.strip().toLowerCase(Locale.ROOT));
        if (word != null) {
            return word;
        }
        if (typed.length() == 1 && separates(typed.charAt(0))) {
            return typed.charAt(0);
        }
        throw new ConfigurationException(
                "--delimiter " + Messages.clip(typed) + " cannot separate columns; expected auto,"
                        + " tab, comma, semicolon, pipe, or one character that is not a quote or a line break");
    }

    /** Whether a character can stand between columns at all. */
    static boolean separates(char c) {
        return c != '"' && c != '\n' && c != '\r' && c != 0 && c != CsvDialect.NONE && !Character.isSurrogate(c);
    }

    /** For settings and messages. */
    static String name(char delimiter) {
        return switch (delimiter) {
            case '\t' -> "tab";
            case ',' -> "comma";
            case ';' -> "semicolon";
            case '|' -> "pipe";
            case CsvDialect.NONE -> "none";
            default -> String.valueOf(delimiter);
        };
    }
}

package dev.pigeonhole.workspace;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Cuts names and descriptions into words that can be compared: without case, accents and plural endings. Stateless. */
final class CategoryWords {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");
    private static final Set<String> SMALL = Set.of(
            "a", "an", "the", "and", "or", "of", "for", "in", "on", "to", "with", "und", "oder", "der", "die", "das",
            "et", "ou", "de", "du", "des", "la", "le", "les", "y", "o", "el", "los", "las", "e", "di", "il", "i", "w",
            "z", "и");

    private CategoryWords() {}

    /** In the order of the text, small words left out unless there are no others. */
    static List<String> of(String text) {
        List<String> all = all(text);
        List<String> telling =
                all.stream().filter(word -> !SMALL.contains(word)).toList();
        return telling.isEmpty() ? all : telling;
    }

    /** The small ones too. */
    static List<String> all(String text) {
        return Arrays.stream(BETWEEN.split(plain(text)))
                .map(word -> singular(word.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String plain(String text) {
        String apart = Normalizer.normalize(text.replace("ß", "ss"), Normalizer.Form.NFKD);
        return Normalizer.normalize(MARKS.matcher(apart).replaceAll(""), Normalizer.Form.NFC);
    }

    private static String singular(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        boolean plural = word.length() > 3 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us");
        return plural ? word.substring(0, word.length() - 1) : word;
    }
}

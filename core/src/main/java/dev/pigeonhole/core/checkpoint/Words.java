package dev.pigeonhole.core.checkpoint;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What {@link RowFilter#words} finds, on the heap. Stateless. */
final class Words {
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern SPACE = Pattern.compile("[\\s\\x00]+");

    private Words() {}

    /** A text word by word, without case and accents. */
    static List<String> of(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(SIGNS.split(plain)).filter(word -> !word.isEmpty()).toList();
    }

    /** What is asked for: each a word, or words that signs join, such as {@code e-mail}; signs alone ask for nothing. */
    static List<List<String>> askedFor(String words) {
        return Arrays.stream(SPACE.split(words))
                .map(Words::of)
                .filter(parts -> !parts.isEmpty())
                .toList();
    }

    static boolean has(List<String> text, List<List<String>> asked) {
        return asked.stream().allMatch(parts -> begins(text, parts));
    }

    private static boolean begins(List<String> text, List<String> parts) {
        int last = parts.size() - 1;
        for (int from = 0; from + last < text.size(); from++) {
            if (text.get(from + last).startsWith(parts.get(last))
                    && Collections.indexOfSubList(text.subList(from, from + last), parts.subList(0, last)) == 0) {
                return true;
            }
        }
        return false;
    }
}

package dev.pigeonhole.store.jdbc;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people type into a search, as an expression of FTS5 in which nothing of theirs is syntax. Stateless. */
final class SearchWords {
    private static final int MOST = 32;
    private static final Pattern SPACE = Pattern.compile("[\\s\\x00]+");
    private static final Pattern LETTER = Pattern.compile("[\\p{L}\\p{N}]");

    private SearchWords() {}

    /** Every word as the beginning of one; signs alone are passed over. Empty if nothing is left. */
    static String expression(String words) {
        return Arrays.stream(SPACE.split(Storable.text(words)))
                .filter(word -> LETTER.matcher(word).find())
                .limit(MOST)
                .map(word -> '"' + word.replace("\"", "\"\"") + "\"*")
                .collect(Collectors.joining(" "));
    }
}

package dev.pigeonhole.quality;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Suggestion;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the column that somebody means. Stateless. */
final class ColumnName {
    private static final int LISTED = 30;
    private static final int CLIPPED = 60;

    private ColumnName() {}

    /**
     * The index, from 0, of a column.
     *
     * @param asked its name, or its number such as {@code #3}
     * @param flag that the name was given with
     * @throws ConfigurationException there is none, or more than one
     */
    static int find(Path file, List<String> columns, String asked, String flag) {
        List<Integer> found = where(columns, asked::equals);
        if (found.isEmpty()) {
            found = where(columns, name -> name.strip().equals(asked.strip()));
        }
        if (found.isEmpty() && asked.matches("#[1-9][0-9]{0,8}")) {
            int number = Integer.parseInt(asked.substring(1));
            found = number <= columns.size() ? List.of(number - 1) : found;
        }
        if (found.isEmpty()) {
            throw new ConfigurationException(file + ": there is no column \"" + clip(asked) + "\""
                    + Suggestion.hint(
                            asked, columns.stream().map(ColumnName::clip).toList()) + "; " + flag
                    + " takes one of " + list(columns) + ", or a number such as #1");
        }
        if (found.size() > 1) {
            throw new ConfigurationException(file + ": " + found.size() + " columns have the name \"" + clip(asked)
                    + "\"; say which one is meant with " + flag + " "
                    + found.stream().map(i -> "#" + (i + 1)).collect(Collectors.joining(" or "))
                    + " (in a shell, in quotes)");
        }
        return found.get(0);
    }

    /** Names for a message. */
    static String list(List<String> columns) {
        String listed = columns.stream()
                .limit(LISTED)
                .map(name -> "\"" + clip(name) + "\"")
                .collect(Collectors.joining(", "));
        return columns.size() > LISTED ? listed + " and " + (columns.size() - LISTED) + " more" : listed;
    }

    /** Foreign text for a message. */
    static String clip(String text) {
        return text.codePointCount(0, text.length()) <= CLIPPED
                ? text
                : text.substring(0, text.offsetByCodePoints(0, CLIPPED)) + "…";
    }

    private static List<Integer> where(List<String> columns, Predicate<String> matches) {
        return IntStream.range(0, columns.size())
                .filter(i -> matches.test(columns.get(i)))
                .boxed()
                .toList();
    }
}

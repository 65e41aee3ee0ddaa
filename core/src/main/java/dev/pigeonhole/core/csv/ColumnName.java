package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Suggestion;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the column that somebody means, and words for columns in messages. Stateless. */
public final class ColumnName {
    private ColumnName() {}

    /**
     * The index, from 0, of a column.
     *
     * @param columns the names in the header
     * @param asked one of them, space around it aside, or a number counted from 1 such as {@code #3}
     * @param what for the message, such as {@code text column}
     * @param flag that it was named with, such as {@code --text-column}
     * @throws ConfigurationException there is none, or more than one has the name
     */
    public static int find(Path file, List<String> columns, String asked, String what, String flag) {
        List<Integer> found = where(columns, asked::equals);
        if (found.isEmpty()) {
            found = where(columns, name -> name.strip().equals(asked.strip()));
        }
        if (found.isEmpty() && asked.matches("#[1-9][0-9]{0,8}")) {
            int number = Integer.parseInt(asked.substring(1));
            found = number <= columns.size() ? List.of(number - 1) : List.of();
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw found.isEmpty() ? missing(file, columns, asked, what, flag) : ambiguous(file, found, asked, flag);
    }

    /** The names, as a person can look through them. */
    public static String list(List<String> columns) {
        return Messages.columns(columns);
    }

    /** What the file or the user wrote, short and without anything that a terminal would obey. */
    public static String clip(String text) {
        return Messages.clip(text);
    }

    /** The indexes of all columns whose names match. */
    static List<Integer> where(List<String> columns, Predicate<String> matches) {
        return IntStream.range(0, columns.size())
                .filter(i -> matches.test(columns.get(i)))
                .boxed()
                .toList();
    }

    private static ConfigurationException missing(
            Path file, List<String> columns, String asked, String what, String flag) {
        return new ConfigurationException(file + ": there is no " + what + " \"" + clip(asked) + "\""
                + Suggestion.hint(asked, columns.stream().map(Messages::clip).toList()) + "; " + flag + " takes one of "
                + list(columns) + ", or a number such as #1");
    }

    private static ConfigurationException ambiguous(Path file, List<Integer> found, String asked, String flag) {
        return new ConfigurationException(file + ": " + found.size() + " columns have the name \"" + clip(asked)
                + "\"; say which one is meant with " + flag + " "
                + found.stream().map(i -> "#" + (i + 1)).collect(Collectors.joining(" or "))
                + " (in a shell, in quotes)");
    }
}

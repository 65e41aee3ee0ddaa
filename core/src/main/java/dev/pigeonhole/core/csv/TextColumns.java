package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Suggestion;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Finds the columns that make the text. Stateless. */
final class TextColumns {
    private static final Set<String> OBVIOUS = Set.of(
            "text",
            "message",
            "body",
            "description",
            "comment",
            "comments",
            "review",
            "content",
            "question",
            "ticket",
            "feedback",
            "utterance",
            "sentence",
            "summary");

    private TextColumns() {}

    /** Indexes from 0, in the order asked for; not empty. */
    static List<Integer> choose(Path path, List<String> asked, List<String> names) {
        if (asked.isEmpty()) {
            return List.of(obvious(names).orElseThrow(() -> unknown(path, names)));
        }
        return named(path, asked, names);
    }

    /** The same, but empty if none is asked for and none is obvious. */
    static List<Integer> chooseIfObvious(Path path, List<String> asked, List<String> names) {
        return asked.isEmpty() ? obvious(names).stream().toList() : named(path, asked, names);
    }

    private static List<Integer> named(Path path, List<String> asked, List<String> names) {
        return asked.stream()
                .map(column -> find(path, column, names))
                .distinct()
                .toList();
    }

    /** Whether this column is there, by name or number. */
    static boolean present(String column, List<String> names) {
        return names.contains(column) || names.stream().anyMatch(n -> n.strip().equals(column.strip()));
    }

    private static Optional<Integer> obvious(List<String> names) {
        if (names.size() == 1) {
            return Optional.of(0);
        }
        List<Integer> known = usual(names);
        return known.size() == 1 ? Optional.of(known.get(0)) : Optional.empty();
    }

    private static List<Integer> usual(List<String> names) {
        return where(names, name -> OBVIOUS.contains(name.strip().toLowerCase(Locale.ROOT)));
    }

    private static ConfigurationException unknown(Path path, List<String> names) {
        return new ConfigurationException(path + ": which column holds the text? Name it with --text-column. "
                + (usual(names).isEmpty() ? "None has a usual name" : "More than one has a usual name") + " among "
                + Messages.columns(names));
    }

    private static int find(Path path, String column, List<String> names) {
        List<Integer> found = where(names, column::equals);
        if (found.isEmpty()) {
            found = where(names, name -> name.strip().equals(column.strip()));
        }
        if (found.isEmpty() && column.matches("#[1-9][0-9]{0,8}")) {
            return numbered(path, column, names);
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw found.isEmpty() ? missing(path, column, names) : ambiguous(path, column, found);
    }

    private static int numbered(Path path, String column, List<String> names) {
        int number = Integer.parseInt(column.substring(1));
        if (number > names.size()) {
            throw missing(path, column, names);
        }
        return number - 1;
    }

    private static ConfigurationException missing(Path path, String column, List<String> names) {
        return new ConfigurationException(path + ": there is no text column \"" + Messages.clip(column) + "\""
                + Suggestion.hint(column, names.stream().map(Messages::clip).toList()) + "; --text-column takes one of "
                + Messages.columns(names) + ", or a number such as #1");
    }

    private static ConfigurationException ambiguous(Path path, String column, List<Integer> found) {
        String numbers =
                String.join(" or ", found.stream().map(i -> "#" + (i + 1)).toList());
        return new ConfigurationException(
                path + ": " + found.size() + " columns have the name \"" + Messages.clip(column)
                        + "\"; say which one is meant with --text-column " + numbers + " (in a shell, in quotes)");
    }

    private static List<Integer> where(List<String> names, Predicate<String> matches) {
        return IntStream.range(0, names.size())
                .filter(i -> matches.test(names.get(i)))
                .boxed()
                .toList();
    }
}

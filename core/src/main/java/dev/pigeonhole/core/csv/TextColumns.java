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
import org.jspecify.annotations.Nullable;

/** Finds the columns that make the text, and the one of the labels. Immutable. */
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

    private final Path path;
    private final List<String> asked;
    private final @Nullable String label;

    TextColumns(Path path, CsvOptions options) {
        this.path = path;
        this.asked = options.textColumns();
        this.label = options.labelColumn();
    }

    /** Indexes from 0, in the order asked for; not empty. */
    List<Integer> choose(List<String> names) {
        Optional<Integer> labels = label(names);
        return asked.isEmpty()
                ? List.of(obvious(names, labels).orElseThrow(() -> unknown(names, labels)))
                : named(names);
    }

    /** The same, but empty if none is asked for and none is obvious. */
    List<Integer> chooseIfObvious(List<String> names) {
        Optional<Integer> labels = label(names);
        return asked.isEmpty() ? obvious(names, labels).stream().toList() : named(names);
    }

    /** The index from 0 of the label column, if there is to be one. */
    Optional<Integer> label(List<String> names) {
        return Optional.ofNullable(label).map(column -> find(column, names, "label", "--label-column"));
    }

    private List<Integer> named(List<String> names) {
        return asked.stream()
                .map(column -> find(column, names, "text", "--text-column"))
                .distinct()
                .toList();
    }

    /** Whether this column is there, by name or number. */
    static boolean present(String column, List<String> names) {
        return names.contains(column) || names.stream().anyMatch(n -> n.strip().equals(column.strip()));
    }

    /** The only column beside the labels, or the only one with a usual name. */
    private static Optional<Integer> obvious(List<String> names, Optional<Integer> labels) {
        List<Integer> others = where(names, name -> true).stream()
                .filter(i -> !labels.equals(Optional.of(i)))
                .toList();
        if (others.size() == 1) {
            return Optional.of(others.get(0));
        }
        List<Integer> known = usual(names, labels);
        return known.size() == 1 ? Optional.of(known.get(0)) : Optional.empty();
    }

    private static List<Integer> usual(List<String> names, Optional<Integer> labels) {
        return where(names, name -> OBVIOUS.contains(name.strip().toLowerCase(Locale.ROOT))).stream()
                .filter(i -> !labels.equals(Optional.of(i)))
                .toList();
    }

    private ConfigurationException unknown(List<String> names, Optional<Integer> labels) {
        return new ConfigurationException(path + ": which column holds the text? Name it with --text-column. "
                + (usual(names, labels).isEmpty() ? "None has a usual name" : "More than one has a usual name")
                + " among " + Messages.columns(names));
    }

    private int find(String column, List<String> names, String what, String flag) {
        List<Integer> found = where(names, column::equals);
        if (found.isEmpty()) {
            found = where(names, name -> name.strip().equals(column.strip()));
        }
        if (found.isEmpty() && column.matches("#[1-9][0-9]{0,8}")) {
            int number = Integer.parseInt(column.substring(1));
            found = number <= names.size() ? List.of(number - 1) : List.of();
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        throw found.isEmpty() ? missing(column, names, what, flag) : ambiguous(column, found, what);
    }

    private ConfigurationException missing(String column, List<String> names, String what, String flag) {
        return new ConfigurationException(path + ": there is no " + what + " column \"" + Messages.clip(column) + "\""
                + Suggestion.hint(column, names.stream().map(Messages::clip).toList()) + "; " + flag + " takes one of "
                + Messages.columns(names) + ", or a number such as #1");
    }

    private ConfigurationException ambiguous(String column, List<Integer> found, String what) {
        String numbers =
                String.join(" or ", found.stream().map(i -> "#" + (i + 1)).toList());
        return new ConfigurationException(
                path + ": " + found.size() + " columns have the name \"" + Messages.clip(column)
                        + "\"; say which one is meant with --" + what + "-column " + numbers
                        + " (in a shell, in quotes)");
    }

    private static List<Integer> where(List<String> names, Predicate<String> matches) {
        return IntStream.range(0, names.size())
                .filter(i -> matches.test(names.get(i)))
                .boxed()
                .toList();
    }
}

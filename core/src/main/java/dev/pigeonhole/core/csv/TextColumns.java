package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
        return Optional.ofNullable(label)
                .map(column -> ColumnName.find(path, names, column, "label column", "--label-column"));
    }

    private List<Integer> named(List<String> names) {
        return asked.stream()
                .map(column -> ColumnName.find(path, names, column, "text column", "--text-column"))
                .distinct()
                .toList();
    }

    /** Whether this column is there, by name or number. */
    static boolean present(String column, List<String> names) {
        return names.contains(column) || names.stream().anyMatch(n -> n.strip().equals(column.strip()));
    }

    /** The only column beside the labels, or the only one with a usual name. */
    private static Optional<Integer> obvious(List<String> names, Optional<Integer> labels) {
        List<Integer> others = ColumnName.where(names, name -> true).stream()
                .filter(i -> !labels.equals(Optional.of(i)))
                .toList();
        if (others.size() == 1) {
            return Optional.of(others.get(0));
        }
        List<Integer> known = usual(names, labels);
        return known.size() == 1 ? Optional.of(known.get(0)) : Optional.empty();
    }

    private static List<Integer> usual(List<String> names, Optional<Integer> labels) {
        return ColumnName.where(names, name -> OBVIOUS.contains(name.strip().toLowerCase(Locale.ROOT))).stream()
                .filter(i -> !labels.equals(Optional.of(i)))
                .toList();
    }

    private ConfigurationException unknown(List<String> names, Optional<Integer> labels) {
        return new ConfigurationException(path + ": which column holds the text? Name it with --text-column. "
                + (usual(names, labels).isEmpty() ? "None has a usual name" : "More than one has a usual name")
                + " among " + Messages.columns(names));
    }
}

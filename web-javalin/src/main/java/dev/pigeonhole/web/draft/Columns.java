package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.Suggestion;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a file are used for; each is named as in {@link ColumnNames}. Immutable.
 *
 * @param text those that make the text; may be empty while nobody has chosen
 * @param id the one that tells rows apart for people
 * @param truth the one that holds the right category
 */
record Columns(
        List<String> text, @Nullable String id, @Nullable String truth) {
    static final Columns NONE = new Columns(List.of(), null, null);

    private static final int MOST = 1_000;
    private static final int MOST_CHARS = 10_000;

    Columns {
        text = List.copyOf(text);
    }

    static Columns of(Fields fields) {
        Columns columns =
                new Columns(fields.texts("text", MOST, MOST_CHARS), orNull(fields, "id"), orNull(fields, "truth"));
        fields.end();
        return columns;
    }

    private static @Nullable String orNull(Fields fields, String name) {
        String text = fields.text(name, "", MOST_CHARS);
        return text.isEmpty() ? null : text;
    }

    /** The same in the names that the columns have here; complains of those that are not there. */
    Columns in(ColumnNames names, Fields errors) {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < text.size(); i++) {
            int index = find(names, text.get(i), "text/" + i, errors);
            if (index >= 0 && !seen.add(index)) {
                errors.wrong("text/" + i, "the column \"" + text.get(i) + "\" is chosen twice");
            }
        }
        return new Columns(
                text.stream()
                        .filter(names::has)
                        .map(name -> names.name(names.index(name)))
                        .toList(),
                in(names, id, "id", errors),
                in(names, truth, "truth", errors));
    }

    /** Whether all of them are there. */
    boolean fit(ColumnNames names) {
        return text.stream().allMatch(names::has)
                && (id == null || names.has(id))
                && (truth == null || names.has(truth));
    }

    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("text", text);
        map.put("id", id);
        map.put("truth", truth);
        return map;
    }

    private static @Nullable String in(ColumnNames names, @Nullable String column, String pointer, Fields errors) {
        if (column == null) {
            return null;
        }
        int index = find(names, column, pointer, errors);
        return index < 0 ? null : names.name(index);
    }

    private static int find(ColumnNames names, String column, String pointer, Fields errors) {
        if (!names.has(column)) {
            errors.wrong(
                    pointer,
                    "the file has no column \"" + ColumnNames.clip(column) + "\"",
                    Suggestion.nearest(column, names.all()).orElse(""));
            return -1;
        }
        return names.index(column);
    }
}

package dev.pigeonhole.cli;

import dev.pigeonhole.workspace.ConfusionForecast;
import dev.pigeonhole.workspace.LintNote;
import dev.pigeonhole.workspace.LintNote.Example;
import dev.pigeonhole.workspace.LintNote.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code lint} says. Immutable.
 *
 * @param categories how many there are
 * @param notes all of them, the worst first
 */
record LintReport(int categories, ConfusionForecast forecast, List<LintNote> notes) {
    LintReport {
        notes = List.copyOf(notes);
    }

    long count(Level level) {
        return notes.stream().filter(note -> note.level() == level).count();
    }

    String text() {
        Map<Level, List<LintNote>> groups =
                notes.stream().collect(Collectors.groupingBy(LintNote::level, TreeMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder();
        groups.forEach((level, group) -> {
            text.append(title(level)).append('\n');
            group.forEach(note -> append(note, text));
            text.append('\n');
        });
        return text.append(last()).toString();
    }

    private static String title(Level level) {
        return switch (level) {
            case ERROR -> "Errors: the result would be of no use";
            case WARNING -> "Warnings: answers will be worse than they could be";
            case HINT -> "Hints: answers could be better";
        };
    }

    private static void append(LintNote note, StringBuilder text) {
        text.append("- ").append(Plain.text(note.detail())).append('\n');
        note.examples()
                .forEach(example -> text.append("    ").append(example(example)).append('\n'));
        text.append("    -> ").append(Plain.text(note.hint())).append('\n');
    }

    private static String example(Example example) {
        String category = example.category().isEmpty() ? "" : Plain.text(example.category()) + ": ";
        return category + "\"" + Plain.text(example.text()) + "\"";
    }

    /** {@code 77 categories, tried on 3,000 rows: 1 warning, 8 hints}. */
    private String last() {
        List<String> counts = new ArrayList<>();
        add(counts, Level.ERROR, "error", "errors");
        add(counts, Level.WARNING, "warning", "warnings");
        add(counts, Level.HINT, "hint", "hints");
        return Plain.count(categories, "category", "categories") + tried() + ": "
                + (counts.isEmpty() ? "nothing found" : String.join(", ", counts));
    }

    private String tried() {
        if (forecast.rows() == 0) {
            return "";
        }
        String rows = ", tried on " + Plain.count(forecast.rows(), "row", "rows");
        return forecast.judged() == 0
                ? rows
                : rows + " (the local classifier gets " + Plain.number(forecast.right()) + " of "
                        + Plain.number(forecast.judged()) + " labels right)";
    }

    private void add(List<String> counts, Level level, String one, String many) {
        if (count(level) > 0) {
            counts.add(Plain.count(count(level), one, many));
        }
    }

    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", "lint");
        map.put("v", 1);
        map.put("categories", categories);
        map.put("rows", forecast.rows());
        map.put("judged", forecast.judged());
        map.put("right", forecast.right());
        map.put("notes", notes.stream().map(LintNote::toMap).toList());
        return map;
    }
}

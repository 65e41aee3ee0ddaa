package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.csv.CsvValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts labels, row by row; stops where there are too many different ones to be labels. Good for one file. */
final class LabelCounter {
    private static final int MOST_EXAMPLES = 5;

    private final Path path;
    private final String column;
    private final Map<String, Tally> byFold = new LinkedHashMap<>();
    /** Folding takes time, and labels repeat. */
    private final Map<String, Tally> byWriting = new HashMap<>();

    private final List<Tally> tallies = new ArrayList<>();
    private final TextLabels texts = new TextLabels();
    private final List<LabelSurvey.Contradiction> examples = new ArrayList<>();
    private long withoutText;
    private long withoutLabel;
    private long repeated;
    private long contradictions;

    LabelCounter(Path path, String column) {
        this.path = path;
        this.column = column;
    }

    /** The rows of a label, by how it is written. */
    private static final class Tally {
        private final int number;
        private final Map<String, Long> writings = new LinkedHashMap<>();
        private long rows;

        Tally(int number) {
            this.number = number;
        }

        /** As most rows write it; the first of equals. */
        String name() {
            return writings.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .findFirst()
                    .map(Map.Entry::getKey)
                    .orElseThrow();
        }
    }

    void add(CsvValues row, String label) {
        if (row.text().isBlank()) {
            withoutText++;
        } else if (label.isEmpty()) {
            withoutLabel++;
        } else {
            Tally tally = tally(row, label);
            tally.rows++;
            tally.writings.merge(label, 1L, Long::sum);
            compare(row, tally);
        }
    }

    private Tally tally(CsvValues row, String label) {
        Tally known = byWriting.get(label);
        if (known != null) {
            return known;
        }
        requireName(row, label);
        Tally tally = byFold.computeIfAbsent(Taxonomy.fold(label), fold -> new Tally(tallies.size()));
        if (tally.number == tallies.size()) {
            tallies.add(tally);
            if (tallies.size() > Taxonomy.MAX_CATEGORIES) {
                throw wrong("has more than " + Taxonomy.MAX_CATEGORIES + " different values in the first " + row.row()
                        + " rows; that looks like free text or numbers of rows, not like labels. Name another column"
                        + " with --label-column");
            }
        }
        byWriting.put(label, tally);
        return tally;
    }

    private void requireName(CsvValues row, String label) {
        try {
            Category.of(label);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    path + ": the label on row " + row.row() + " (line " + row.line() + ") of the column \"" + column
                            + "\" cannot name a category: " + e.getMessage() + ". It is \"" + LintWords.clip(label)
                            + "\"; put it right, or name another column with --label-column",
                    e);
        }
    }

    private void compare(CsvValues row, Tally tally) {
        TextLabels.Known first = texts.put(row.text(), tally.number, row.row());
        if (first.isNothing()) {
            return;
        }
        int label = first.label() >= 0 ? first.label() : ~first.label();
        if (label == tally.number) {
            repeated++;
        } else if (first.label() >= 0) {
            contradictions++;
            if (examples.size() < MOST_EXAMPLES) {
                examples.add(new LabelSurvey.Contradiction(
                        LintWords.clip(row.text()),
                        first.row(),
                        tallies.get(label).name(),
                        row.row(),
                        tally.name()));
            }
        }
    }

    LabelSurvey result(long rows) {
        if (rows == 0) {
            throw wrong("has no rows below it; there is nothing to learn from");
        }
        if (tallies.isEmpty()) {
            throw wrong("is empty in all " + rows + " rows, or their texts are; there is nothing to learn from");
        }
        List<LabelSurvey.Label> labels = tallies.stream()
                .sorted(Comparator.comparingLong((Tally tally) -> -tally.rows))
                .map(tally -> new LabelSurvey.Label(tally.name(), tally.rows))
                .toList();
        return new LabelSurvey(
                rows, withoutText, withoutLabel, repeated, contradictions, texts.isComplete(), labels, examples);
    }

    private ConfigurationException wrong(String problem) {
        return new ConfigurationException(path + ": the column \"" + column + "\" " + problem);
    }
}

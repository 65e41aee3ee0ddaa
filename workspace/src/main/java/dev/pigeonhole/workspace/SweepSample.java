package dev.pigeonhole.workspace;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.csv.ColumnName;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.CsvValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rows drawn at random from all over a file, to be asked about again and again: each of its different texts has the same chance, and no text is
 * there twice. Immutable.
 *
 * @param rows in the order of the file
 * @param labelled whether it is known of them what is right
 * @param withoutLabel rows of the file with a text that were left out because nobody has said what is right
 * @param unknownLabel rows that were left out because what is said to be right is no category
 */
public record SweepSample(List<Row> rows, boolean labelled, long withoutLabel, long unknownLabel) {
    /** 32 MB. */
    private static final long MOST_CHARACTERS = 16L << 20;

    /**
     * A row.
     *
     * @param row its number in the file
     * @param truth the right category; empty if it is not known
     */
    public record Row(long row, String text, Optional<String> truth) {
        public Row {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(truth, "truth");
        }
    }

    public SweepSample {
        rows = List.copyOf(rows);
    }

    /**
     * Draws from a file; always the same for the same seed. Reads the file once.
     *
     * @param profile of this file, by a source with the same settings
     * @param most how many rows at most, at least 1; there are fewer if the file has fewer different texts, or very long ones
     * @throws ConfigurationException no row has a text
     */
    public static SweepSample of(CsvSource source, CsvProfile profile, int most, long seed) {
        Drawing drawing = new Drawing(most, seed);
        try (CsvRows<CsvItem> rows = source.items(profile, 1)) {
            rows.forEachRemaining(row -> drawing.look(row.row(), row.text(), Optional.empty()));
        }
        if (drawing.isEmpty()) {
            throw new ConfigurationException("no row of " + source.path() + " has a text, so there is nothing to try");
        }
        return new SweepSample(drawing.rows(), false, 0, 0);
    }

    /**
     * Draws from the rows of which it is known what is right. A label means the category that it names but for case and space.
     *
     * @param source with a label column
     * @throws ConfigurationException no row has a text and a label that is a category, or the label column is part of the text
     */
    public static SweepSample labelled(CsvSource source, CsvProfile profile, Taxonomy taxonomy, int most, long seed) {
        int column = source.labelColumn(profile);
        String name = profile.columns().get(column);
        if (profile.textColumns().contains(column)) {
            throw new ConfigurationException(source.path() + ": the column \"" + ColumnName.clip(name)
                    + "\" says what is right, so it cannot be part of the text; name other columns with --text-column");
        }
        Truths truths = new Truths(taxonomy);
        Drawing drawing = new Drawing(most, seed);
        try (CsvRows<CsvValues> rows = source.values(profile, 1)) {
            rows.forEachRemaining(row -> {
                if (!row.text().isBlank()) {
                    Optional<String> truth = truths.of(row.values().get(column).strip());
                    truth.ifPresent(category -> drawing.look(row.row(), row.text(), truth));
                }
            });
        }
        if (drawing.isEmpty()) {
            throw new ConfigurationException(source.path() + ": no row has a text and, in the column \""
                    + ColumnName.clip(name) + "\", one of the categories" + truths.example()
                    + ". Name the column that holds them with --truth, or put the names right");
        }
        return new SweepSample(drawing.rows(), true, truths.without, truths.unknown);
    }

    /** What is right, by number of the row in this sample, from 1. */
    public Map<Long, String> truths() {
        Map<Long, String> truths = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            long number = i + 1L;
            rows.get(i).truth().ifPresent(truth -> truths.put(number, truth));
        }
        return truths;
    }

    /** The rows as {@link TrialFiles} takes them. */
    public List<CsvItem> items() {
        return rows.stream()
                .map(row -> new CsvItem(row.row(), row.text(), false))
                .toList();
    }

    /**
     * What it would cost to ask about all rows once, whatever is known of them already.
     *
     * @param size rows in a call
     * @param estimator fresh
     */
    public Forecast forecast(int size, Estimator estimator) {
        for (int from = 0; from < rows.size(); from += size) {
            estimator.add(rows.subList(from, Math.min(rows.size(), from + size)).stream()
                    .map(row -> new Item(row.row(), row.text()))
                    .toList());
        }
        return Forecast.of(estimator.estimate());
    }

    /** Each text has a number that looks random, and those with the lowest numbers are drawn; see {@link TextDraw}. */
    private static final class Drawing {
        private final int most;
        private final long seed;
        private final TreeMap<Long, Row> drawn = new TreeMap<>();
        private long limit = Long.MAX_VALUE;
        private long characters;

        Drawing(int most, long seed) {
            this.most = most;
            this.seed = seed;
        }

        void look(long row, String text, Optional<String> truth) {
            long number = TextDraw.number(text, seed);
            if (text.isBlank() || number >= limit || drawn.containsKey(number)) {
                return;
            }
            drawn.put(number, new Row(row, text, truth));
            characters += text.length();
            while (drawn.size() > most || (characters > MOST_CHARACTERS && drawn.size() > 1)) {
                limit = drawn.lastKey();
                characters -= drawn.remove(limit).text().length();
            }
        }

        boolean isEmpty() {
            return drawn.isEmpty();
        }

        List<Row> rows() {
            List<Row> rows = new ArrayList<>(drawn.values());
            rows.sort(Comparator.comparingLong(Row::row));
            return rows;
        }
    }

    /** Tells which categories labels mean, and counts those that mean none. */
    private static final class Truths {
        private final Map<String, String> byFold = new HashMap<>();
        private final Map<String, String> byWriting = new HashMap<>();
        private String unknownExample = "";
        private long without;
        private long unknown;

        Truths(Taxonomy taxonomy) {
            taxonomy.names().forEach(name -> byFold.put(Taxonomy.fold(name), name));
        }

        Optional<String> of(String label) {
            if (label.isEmpty()) {
                without++;
                return Optional.empty();
            }
            Optional<String> category = find(label);
            if (category.isEmpty()) {
                unknown++;
                unknownExample = label;
            }
            return category;
        }

        /** Folding takes time, and labels repeat; what is no category may be any text, and is not kept. */
        private Optional<String> find(String label) {
            String known = byWriting.get(label);
            if (known != null) {
                return Optional.of(known);
            }
            Optional<String> category = Optional.ofNullable(byFold.get(Taxonomy.fold(label)));
            category.ifPresent(name -> byWriting.put(label, name));
            return category;
        }

        String example() {
            return unknownExample.isEmpty()
                    ? ""
                    : "; there is, for example, \"" + ColumnName.clip(unknownExample) + "\"";
        }
    }
}

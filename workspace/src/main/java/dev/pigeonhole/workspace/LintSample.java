package dev.pigeonhole.workspace;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.CsvValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Texts of rows drawn at random over a file, on which categories are tried; no text twice, rows without text left out. Immutable.
 * Unlike a {@link Sample}, all rows have the same chance, and only the rows that were drawn are kept: some files have long ones.
 *
 * @param rows in the order of the file; a label is as it stands in the file, without space around it; empty if there is none
 * @param labelled whether a column of labels was named
 */
public record LintSample(List<LabelledText> rows, boolean labelled) {
    /** What a longer text goes on to say hardly changes where it belongs, but takes time. */
    private static final int MOST_CHARS = 8_000;

    public LintSample {
        rows = List.copyOf(rows);
    }

    /**
     * Draws from a file; always the same for the same seed. Reads no more than it must to come to the rows.
     *
     * @param profile of this file, by a source with the same settings
     * @param most how many rows at most, at least 1
     */
    public static LintSample of(CsvSource source, CsvProfile profile, int most, long seed) {
        return read(source, profile, -1, most, seed);
    }

    /**
     * Draws rows with their labels. Rows without a label are left out.
     *
     * @param labels the column that holds the names of categories: its name or, counted from 1, {@code #3}
     * @throws ConfigurationException there is no such column, more than one has the name, or it is part of the text
     */
    public static LintSample labelled(CsvSource source, CsvProfile profile, String labels, int most, long seed) {
        int column = source.labelColumn(labels).labelColumn(profile);
        if (profile.textColumns().contains(column)) {
            throw new ConfigurationException(source.path() + ": the column " + LintWords.quoted(labels)
                    + " holds the labels, so it cannot be part of the text too; name other columns with --text-column");
        }
        return read(source, profile, column, most, seed);
    }

    private static LintSample read(CsvSource source, CsvProfile profile, int labels, int most, long seed) {
        List<LabelledText> drawn = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try (CsvRows<CsvValues> rows = source.values(profile, 1)) {
            for (long number : drawn(profile.rows(), most, seed)) {
                CsvValues row = rows.skipTo(number).next();
                String text = cut(row.text());
                String label = labels < 0 ? "" : row.values().get(labels).strip();
                if (!text.isBlank() && (labels < 0 || !label.isEmpty()) && seen.add(text)) {
                    drawn.add(new LabelledText(text, label));
                }
            }
        }
        return new LintSample(drawn, labels >= 0);
    }

    private static Set<Long> drawn(long rows, int most, long seed) {
        Set<Long> numbers = new TreeSet<>();
        if (rows <= most) {
            LongStream.rangeClosed(1, rows).forEach(numbers::add);
        } else {
            new Random(seed).longs(1, rows + 1).distinct().limit(most).forEach(numbers::add);
        }
        return numbers;
    }

    private static String cut(String text) {
        if (text.length() <= MOST_CHARS) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST_CHARS - 1)) ? MOST_CHARS - 1 : MOST_CHARS;
        return text.substring(0, end);
    }
}

package dev.pigeonhole.core.csv;

import java.util.List;

/**
 * A row as a table shows it. Immutable.
 *
 * @param row number of the row, from 1
 * @param line number of the line on which it begins, from 1
 * @param values as many as the profile has columns: a short row is filled up with empty ones, what a long row has too much is left out
 * @param text what a categorizer sees of the row, as in {@link CsvItem#text}
 * @param note what is odd about the row, for people; empty if nothing is
 */
public record CsvValues(long row, long line, List<String> values, String text, String note) {
    public CsvValues {
        values = List.copyOf(values);
    }
}

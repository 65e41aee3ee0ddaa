package dev.pigeonhole.core.csv;

import java.util.List;
import java.util.Objects;

/**
 * A closer look at an input, for people: what {@link CsvSource#scan} would find, what is odd and where, and what each column holds.
 * Immutable.
 *
 * @param profile as of a scan; its text columns are empty if none were named and none is obvious
 * @param problems the first {@value #MOST_PROBLEMS}, in the order of the file
 * @param moreProblems how many there are beyond these
 * @param columns those of the profile in file order, the first {@value #MOST_COLUMNS} of them
 * @param withoutText rows whose text columns are all blank, those with a shape that sets them aside left out; 0 if there are no text
 *     columns
 */
public record CsvInspection(
        CsvProfile profile, List<Problem> problems, long moreProblems, List<Column> columns, long withoutText) {
    /** Most problems that are kept. */
    public static final int MOST_PROBLEMS = 200;

    /** Most columns that are described. */
    public static final int MOST_COLUMNS = 1_000;

    /** Different values of a column that are counted exactly; fewer in a table of more than 20 columns. */
    public static final int MOST_EXACT = 100_000;

    public CsvInspection {
        Objects.requireNonNull(profile, "profile");
        problems = List.copyOf(problems);
        columns = List.copyOf(columns);
    }

    /** What can be odd about a row, or about a line that is none. */
    public enum ProblemKind {
        /** Fewer columns than the header. */
        SHORT,
        /** More columns than the header. */
        LONG,
        /** The character U+0000. */
        NUL,
        /** Bytes that are no characters, replaced by U+FFFD. */
        BAD_BYTES,
        /** Text after a closing quote, joined to the value. */
        LOOSE_QUOTE,
        /** A line without any character, which is no row. */
        BLANK_LINE
    }

    /**
     * Something odd.
     *
     * @param row number of the row, from 1; 0 for a line that is no row
     * @param line number of the line on which it begins, from 1
     * @param kind what is odd
     * @param detail the same for people, such as "5 columns instead of 4"
     */
    public record Problem(long row, long line, ProblemKind kind, String detail) {}

    /**
     * What a column holds. Rows that are set aside because of their shape do not count; a value of nothing but white space is none.
     *
     * @param index from 0, as in {@link CsvProfile#textColumns}
     * @param name as in the header; may be empty and may repeat, see {@link CsvProfile#addresses}
     * @param filled share of the rows that have a value, from 0 to 1; 0 if there are no rows
     * @param prose share of the values that read like language, from 0 to 1: two words or more, or four characters of a script
     *     without spaces
     * @param typicalLength the median length of the values in characters, within about two per cent; 0 if there are none
     * @param values how many there are
     * @param distinct how many of them are different
     * @param distinctExact false if that is an estimate, within about one per cent
     * @param sample the first value, cut at 1,000 characters; empty if there is none
     */
    public record Column(
            int index,
            String name,
            double filled,
            double prose,
            int typicalLength,
            long values,
            long distinct,
            boolean distinctExact,
            String sample) {}
}

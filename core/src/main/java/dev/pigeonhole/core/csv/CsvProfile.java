package dev.pigeonhole.core.csv;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the pre-scan found out about an input: all that is needed to read it again from any row. Immutable; kept with the job.
 *
 * @param bytes size of the file
 * @param sha256 of the whole file, lower-case hexadecimal
 * @param dialect how it is written
 * @param columns column names in file order, as many as every row of the output has; names may be empty and may repeat
 * @param header the header as it goes to the output, without line ending
 * @param textColumns indexes into {@code columns}, from 0, of the columns that make the text; empty only in
 *     a {@link CsvInspection} where nobody has said yet
 * @param rows number of rows, the header and blank lines left out
 * @param oddities what was found that is not as it should be, counted
 * @param index places to start reading, in row order; the first is row 1
 */
public record CsvProfile(
        long bytes,
        String sha256,
        CsvDialect dialect,
        List<String> columns,
        String header,
        List<Integer> textColumns,
        long rows,
        Oddities oddities,
        List<RowMark> index) {

    public CsvProfile {
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(header, "header");
        columns = List.copyOf(columns);
        textColumns = List.copyOf(textColumns);
        index = List.copyOf(index);
    }

    /** The names of the text columns. */
    public List<String> textColumnNames() {
        return textColumns.stream().map(columns::get).toList();
    }

    /**
     * A name for each column by which {@link CsvSource#textColumns} finds it: its own, or {@code #3} where it has none or shares it
     * with another.
     */
    public List<String> addresses() {
        Map<String, Long> count = columns.stream().collect(Collectors.groupingBy(String::strip, Collectors.counting()));
        return IntStream.range(0, columns.size())
                .mapToObj(i -> {
                    String name = columns.get(i).strip();
                    return name.isEmpty() || count.getOrDefault(name, 0L) > 1 ? "#" + (i + 1) : columns.get(i);
                })
                .toList();
    }

    /**
     * What is unusual in a file; all zero for a clean one.
     *
     * @param blankLines lines without any character, which are no rows
     * @param shortRows rows with fewer columns than the header
     * @param longRows rows with more columns than the header
     * @param rowsWithNul rows that hold the character U+0000
     * @param rowsWithBadBytes rows in which undecodable bytes were replaced
     * @param rowsWithLooseQuotes rows with text after a closing quote
     */
    public record Oddities(
            long blankLines,
            long shortRows,
            long longRows,
            long rowsWithNul,
            long rowsWithBadBytes,
            long rowsWithLooseQuotes) {
        public static final Oddities NONE = new Oddities(0, 0, 0, 0, 0, 0);
    }

    /** Leaves the index out. */
    @Override
    public String toString() {
        return "CsvProfile[" + rows + " rows, " + columns.size() + " columns, " + dialect + "]";
    }
}

package dev.pigeonhole.quality;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.checkpoint.RowStatus;
import dev.pigeonhole.core.combine.ResultColumns;
import dev.pigeonhole.core.csv.ColumnName;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where in a table the right categories and the answers stand; all indexes from 0. Immutable.
 *
 * @param truth the column of the right categories
 * @param answer the column of the answers; empty where there is none
 * @param status the column of {@link RowStatus}; without one, a row without an answer is unmatched
 * @param confidence the column of confidences
 * @param source the column of sources
 */
record AnswerColumns(int truth, int answer, OptionalInt status, OptionalInt confidence, OptionalInt source) {
    /** The names of the result columns, with the number that {@link ResultColumns} gives them in case of need. */
    private static final List<Pattern> RESULTS = ResultColumns.NAMES.stream()
            .map(name -> Pattern.compile(Pattern.quote(name) + "(_[0-9]+)?"))
            .toList();

    /** Not all that Java takes for a number: no NaN, nothing hexadecimal, no letter behind it. */
    private static final Pattern NUMBER =
            Pattern.compile("([0-9]{1,3}(\\.[0-9]{0,20})?|\\.[0-9]{1,20})([eE]-?[0-9]{1,3})?");

    /**
     * Finds them in a header.
     *
     * @param askedTruth name or number of the column of the right categories
     * @param askedAnswer the same of the answers; empty to find the result columns of this program: the last four in a row that have
     *     their names, or else whatever has exactly one of them
     * @throws ConfigurationException there is no such column, or answers and right categories are the same
     */
    static AnswerColumns find(Path file, List<String> columns, String askedTruth, Optional<String> askedAnswer) {
        int truth = ColumnName.find(file, columns, askedTruth, "column", "--truth");
        int answer = askedAnswer
                .map(name -> ColumnName.find(file, columns, name, "column", "--answer"))
                .or(() -> lastResults(columns))
                .orElseGet(() -> onlyAnswer(file, columns, truth));
        if (answer == truth) {
            throw new ConfigurationException(file + ": the column \"" + ColumnName.clip(columns.get(truth))
                    + "\" cannot hold both the answers and the right categories; name two with --answer and --truth");
        }
        if (isResults(columns, answer)) {
            return new AnswerColumns(truth, answer, at(answer + 1), at(answer + 2), at(answer + 3));
        }
        return askedAnswer.isPresent()
                ? new AnswerColumns(truth, answer, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty())
                : new AnswerColumns(
                        truth, answer, only(columns, truth, 1), only(columns, truth, 2), only(columns, truth, 3));
    }

    private static int onlyAnswer(Path file, List<String> columns, int truth) {
        return only(columns, truth, 0)
                .orElseThrow(() -> new ConfigurationException(
                        file + ": which column holds the answers? No other than the right one is called \""
                                + ResultColumns.NAMES.get(0) + "\"; name it with --answer, which takes one of "
                                + ColumnName.list(columns)));
    }

    private static Optional<Integer> lastResults(List<String> columns) {
        return IntStream.range(0, columns.size())
                .map(i -> columns.size() - 1 - i)
                .filter(i -> isResults(columns, i))
                .boxed()
                .findFirst();
    }

    private static boolean isResults(List<String> columns, int first) {
        return first + RESULTS.size() <= columns.size()
                && IntStream.range(0, RESULTS.size())
                        .allMatch(i ->
                                RESULTS.get(i).matcher(columns.get(first + i)).matches());
    }

    /** The column of exactly this name, if there is one and no other. */
    private static OptionalInt only(List<String> columns, int truth, int result) {
        int[] found = IntStream.range(0, columns.size())
                .filter(i -> i != truth && columns.get(i).equals(ResultColumns.NAMES.get(result)))
                .toArray();
        return found.length == 1 ? at(found[0]) : OptionalInt.empty();
    }

    private static OptionalInt at(int index) {
        return OptionalInt.of(index);
    }

    /**
     * What a row says.
     *
     * @throws InputException a cell holds what this program never writes there
     */
    JudgedRow read(Path file, long row, List<String> values) {
        String given = values.get(answer);
        RowStatus is = statusOf(file, row, values, given);
        if (given.isBlank() == (is == RowStatus.CATEGORIZED)) {
            throw refuse(
                    file,
                    row,
                    "the status " + is.name().toLowerCase(Locale.ROOT)
                            + (given.isBlank()
                                    ? " without a category"
                                    : " with the category \"" + ColumnName.clip(given) + "\"")
                            + "; only what is categorized has a category");
        }
        boolean answered = is == RowStatus.CATEGORIZED;
        return new JudgedRow(
                values.get(truth),
                is,
                answered ? given : "",
                answered ? confidenceOf(file, row, values) : OptionalDouble.empty(),
                answered ? cell(values, source) : "");
    }

    private RowStatus statusOf(Path file, long row, List<String> values, String given) {
        String written = cell(values, status).strip();
        if (written.isEmpty()) {
            return given.isBlank() ? RowStatus.UNMATCHED : RowStatus.CATEGORIZED;
        }
        for (RowStatus known : RowStatus.values()) {
            if (known.name().equalsIgnoreCase(written)) {
                return known;
            }
        }
        throw refuse(
                file,
                row,
                "the status \"" + ColumnName.clip(written) + "\"; expected categorized, unmatched, failed or skipped");
    }

    private OptionalDouble confidenceOf(Path file, long row, List<String> values) {
        String written = cell(values, confidence).strip();
        if (written.isEmpty()) {
            return OptionalDouble.empty();
        }
        double value = NUMBER.matcher(written).matches() ? Double.parseDouble(written) : -1;
        if (value < 0 || value > 1) {
            throw refuse(
                    file, row, "the confidence \"" + ColumnName.clip(written) + "\"; expected a number from 0 to 1");
        }
        return OptionalDouble.of(value);
    }

    private static InputException refuse(Path file, long row, String found) {
        return new InputException(file + ": row " + row + " has " + found
                + ". Name a column of plain answers with --answer, or mend the row.");
    }

    private static String cell(List<String> values, OptionalInt column) {
        return column.isPresent() ? values.get(column.getAsInt()) : "";
    }
}

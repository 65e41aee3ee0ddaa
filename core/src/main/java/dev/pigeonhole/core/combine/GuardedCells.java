package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.csv.CsvCells;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;

/** Writes cells so that no spreadsheet takes one for a formula. {@link SpreadsheetCopy} says what the rule is. Not thread-safe. */
final class GuardedCells {
    private static final String STARTS = "=+-@\t\r\n＝＋－＠";
    private static final Pattern NUMBER =
            Pattern.compile("[+-](?:(?:\\d+|\\d{1,3}(?:[.,']\\d{3})+)(?:[.,]\\d+)?|[.,]\\d+)(?:[eE][+-]?\\d{1,3})?%?");
    private static final int LONGEST_NUMBER = 60;
    private static final String LINE_ENDING = "\r\n";

    private final Writer out;
    private final char delimiter;
    private final CsvCells cells;
    private boolean first = true;
    private long records;
    private long guarded;
    private long tooLong;

    GuardedCells(Writer out, char delimiter) {
        this.out = out;
        this.delimiter = delimiter;
        this.cells = CsvCells.delimitedBy(delimiter);
    }

    void cell(CharSequence value) throws IOException {
        if (!first) {
            out.write(delimiter);
        }
        first = false;
        tooLong += value.length() > SpreadsheetCopy.MOST_CHARS ? 1 : 0;
        boolean formula = isFormula(value);
        guarded += formula ? 1 : 0;
        out.write(cells.join(List.of(formula ? "'" + value : value.toString())));
    }

    void endRecord() throws IOException {
        out.write(LINE_ENDING);
        first = true;
        records++;
    }

    SpreadsheetCopy.Report report() {
        return new SpreadsheetCopy.Report(records, guarded, tooLong);
    }

    private static boolean isFormula(CharSequence value) {
        int i = 0;
        while (i < value.length() && isDropped(value.charAt(i))) {
            i++;
        }
        return i < value.length() && STARTS.indexOf(value.charAt(i)) >= 0 && !isNumber(value);
    }

    private static boolean isNumber(CharSequence value) {
        return value.length() <= LONGEST_NUMBER && NUMBER.matcher(value).matches();
    }

    /** Unless it is itself what a formula begins with. */
    private static boolean isDropped(char c) {
        return STARTS.indexOf(c) < 0
                && (c == '"'
                        || Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT);
    }
}

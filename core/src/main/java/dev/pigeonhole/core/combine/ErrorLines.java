package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.CsvCells;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRecord;
import dev.pigeonhole.core.csv.CsvSource;
import java.util.List;

/** Makes the lines of {@code errors.csv}: the reason in front, the original columns behind. Not thread-safe. */
final class ErrorLines implements AutoCloseable {
    /** The columns before the original ones. Behind these comes {@code surplus}: what a long row has too much. */
    static final List<String> COLUMNS = List.of("row", "line", "batch", "sub_batch", "cause", "attempts", "message");

    private static final int MAX_MESSAGE = 300;

    private final InputRecords input;
    private final CsvProfile profile;
    private final CsvCells cells;
    private final char delimiter;

    ErrorLines(CsvSource source, CsvProfile profile) {
        this.input = new InputRecords(source, profile);
        this.profile = profile;
        this.delimiter = profile.dialect().outputDelimiter();
        this.cells = CsvCells.delimitedBy(delimiter);
    }

    String header() {
        return line(cells.join(COLUMNS), profile.header(), "surplus");
    }

    /** The line of a row that has failed. */
    String line(RowOutcome row, int batch) {
        if (!(row.outcome() instanceof Outcome.Failed failed)) {
            throw new IllegalStateException("row " + row.row() + " has not failed");
        }
        CsvRecord csv = input.record(row.row());
        String reason = cells.join(List.of(
                Long.toString(row.row()),
                Long.toString(csv.line()),
                Integer.toString(batch),
                row.subBatch() == 0 ? "" : Integer.toString(row.subBatch()),
                failed.cause().name(),
                Integer.toString(row.attempts()),
                harmless(failed.message())));
        return line(reason, csv.columns(), cells.join(List.of(csv.surplus())));
    }

    private String line(String reason, String columns, String surplus) {
        return reason
                + delimiter
                + columns
                + delimiter
                + surplus
                + profile.dialect().lineEnding();
    }

    /** A message may quote a server: short, on one line, and never a formula for a spreadsheet. */
    private static String harmless(String message) {
        String line = message.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
        String shortened = line.length() <= MAX_MESSAGE ? line : cut(line) + "…";
        return shortened.isEmpty() || "=+-@＝＋－＠".indexOf(shortened.charAt(0)) < 0 ? shortened : "'" + shortened;
    }

    private static String cut(String line) {
        int end = MAX_MESSAGE - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end);
    }

    @Override
    public void close() {
        input.close();
    }
}

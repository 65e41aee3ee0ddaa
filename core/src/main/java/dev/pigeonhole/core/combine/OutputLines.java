package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;

/** Makes the lines of the output: the original columns, byte for byte, and the result behind them. Not thread-safe. */
final class OutputLines implements AutoCloseable {
    private final InputRecords input;
    private final ResultColumns columns;
    private final String lineEnding;
    private final StringBuilder line = new StringBuilder();

    OutputLines(CsvSource source, CsvProfile profile) {
        this.input = new InputRecords(source, profile);
        this.columns = ResultColumns.of(profile);
        this.lineEnding = profile.dialect().lineEnding();
    }

    /** The line of a row; valid until the next one. */
    CharSequence line(RowOutcome row) {
        line.setLength(0);
        line.append(input.record(row.row()).columns());
        columns.append(row.outcome(), line);
        return line.append(lineEnding);
    }

    @Override
    public void close() {
        input.close();
    }
}

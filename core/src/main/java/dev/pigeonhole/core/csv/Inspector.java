package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.csv.CsvInspection.Column;
import dev.pigeonhole.core.csv.CsvInspection.Problem;
import dev.pigeonhole.core.csv.CsvInspection.ProblemKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;

/** Describes the columns of a file, and what is odd in it, while the pre-scan reads it. Good for one run. */
final class Inspector implements RowWatcher {
    /** Different values that are kept of all columns together. */
    private static final int VALUES_KEPT = 20 * CsvInspection.MOST_EXACT;

    private final CsvOptions options;
    private final List<Problem> problems = new ArrayList<>();
    private final List<ColumnTally> columns = new ArrayList<>();
    private ValueParser parser;
    private Shape shape;
    private RowFaults faults;
    private List<Integer> textColumns = List.of();
    private int exact = CsvInspection.MOST_EXACT;
    private long more;
    private long rows;
    private long withoutText;

    private Inspector(CsvOptions options) {
        this.options = options;
        this.shape = new Shape(options.ragged(), 0);
        this.faults = new RowFaults(shape);
        this.parser = new ValueParser(CsvDialect.NONE, options.lenientQuotes());
    }

    static CsvInspection inspect(Path path, CsvOptions options) {
        Inspector inspector = new Inspector(options);
        return inspector.result(new PreScan(path, options, inspector).runWithoutText());
    }

    @Override
    public void blankLine(long line) {
        keep(new Problem(0, line, ProblemKind.BLANK_LINE, "a line without any character; it is no row"));
    }

    @Override
    public void header(CsvHeader header, Shape found, char delimiter, List<Integer> text) {
        shape = found;
        faults = new RowFaults(found);
        textColumns = text;
        parser = new ValueParser(delimiter, options.lenientQuotes());
        exact = Math.max(1, Math.min(exact, VALUES_KEPT / Math.max(1, found.headerWidth())));
        widen(found.headerWidth());
    }

    @Override
    public void row(RecordFramer framer) {
        faults.of(framer).forEach(this::keep);
        if (shape.setsAside(framer.fields())) {
            return;
        }
        rows++;
        CSVRecord record = parser.read(framer);
        widen(record.size());
        for (int i = 0; i < Math.min(record.size(), columns.size()); i++) {
            columns.get(i).add(record.get(i));
        }
        withoutText += isWithoutText(record) ? 1 : 0;
    }

    private boolean isWithoutText(CSVRecord record) {
        for (int column : textColumns) {
            if (column < record.size()
                    && !ItemMaker.withoutNul(record.get(column)).isBlank()) {
                return false;
            }
        }
        return !textColumns.isEmpty();
    }

    private void keep(Problem problem) {
        if (problems.size() < CsvInspection.MOST_PROBLEMS) {
            problems.add(problem);
        } else {
            more++;
        }
    }

    private void widen(int width) {
        while (columns.size() < Math.min(width, CsvInspection.MOST_COLUMNS)) {
            columns.add(new ColumnTally(exact));
        }
    }

    private CsvInspection result(CsvProfile profile) {
        List<Column> described = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            described.add(columns.get(i).column(i, profile.columns().get(i), rows));
        }
        return new CsvInspection(profile, problems, more, described, withoutText);
    }
}

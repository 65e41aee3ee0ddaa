package dev.pigeonhole.core.csv;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.csv.CSVRecord;

/** Makes what a table shows of a row. Not thread-safe. */
final class ValuesMaker implements RowReader.RowMaker<CsvValues> {
    private final int width;
    private final ValueParser parser;
    private final RowFaults faults;
    private final ItemMaker items;

    ValuesMaker(int width, ValueParser parser, RowFaults faults, ItemMaker items) {
        this.width = width;
        this.parser = parser;
        this.faults = faults;
        this.items = items;
    }

    @Override
    public CsvValues make(RecordFramer framer) {
        CSVRecord record = parser.read(framer);
        String text = items.make(framer, record).text();
        return new CsvValues(framer.row(), framer.line(), fit(record.toList()), text, faults.note(framer));
    }

    private List<String> fit(List<String> values) {
        if (values.size() >= width) {
            return values.subList(0, width);
        }
        List<String> padded = new ArrayList<>(values);
        padded.addAll(Collections.nCopies(width - values.size(), ""));
        return padded;
    }
}

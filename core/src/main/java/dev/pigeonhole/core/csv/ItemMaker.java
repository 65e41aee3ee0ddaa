package dev.pigeonhole.core.csv;

import java.util.List;
import org.apache.commons.csv.CSVRecord;

/** Makes what a categorizer will see of a row. Not thread-safe. */
final class ItemMaker implements RowReader.RowMaker<CsvItem> {
    private final int[] columns;
    private final Shape shape;
    private final ValueParser parser;

    ItemMaker(List<Integer> columns, Shape shape, ValueParser parser) {
        this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
        this.shape = shape;
        this.parser = parser;
    }

    @Override
    public CsvItem make(RecordFramer framer) {
        if (shape.setsAside(framer.fields())) {
            return new CsvItem(framer.row(), "", true);
        }
        return make(framer, parser.read(framer));
    }

    /** The same of a row whose values are there already. */
    CsvItem make(RecordFramer framer, CSVRecord record) {
        if (shape.setsAside(framer.fields())) {
            return new CsvItem(framer.row(), "", true);
        }
        String text = text(record);
        return new CsvItem(framer.row(), framer.hasNul() ? withoutNul(text) : text, false);
    }

    private String text(CSVRecord record) {
        String text = "";
        for (int column : columns) {
            String value = column < record.size() ? record.get(column) : "";
            if (!withoutNul(value).isBlank()) {
                text = text.isEmpty() ? value : text + "\n" + value;
            }
        }
        return text;
    }

    static String withoutNul(String value) {
        return value.indexOf(0) < 0 ? value : value.replace("\0", "");
    }
}

package dev.pigeonhole.core.csv;

import java.util.List;
import org.apache.commons.csv.CSVRecord;

/** Makes what a categorizer will see of a row. Only a row with quotes needs the parser. Not thread-safe. */
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
        return framer.isUnquoted() ? item(framer, unquotedText(framer)) : item(framer, text(parser.read(framer)));
    }

    /** The same of a row whose values are there already. */
    CsvItem make(RecordFramer framer, CSVRecord record) {
        if (shape.setsAside(framer.fields())) {
            return new CsvItem(framer.row(), "", true);
        }
        return item(framer, text(record));
    }

    private static CsvItem item(RecordFramer framer, String text) {
        return new CsvItem(framer.row(), framer.hasNul() ? withoutNul(text) : text, false);
    }

    private String text(CSVRecord record) {
        String text = "";
        for (int column : columns) {
            text = joined(text, column < record.size() ? record.get(column) : "");
        }
        return text;
    }

    private String unquotedText(RecordFramer framer) {
        String text = "";
        for (int column : columns) {
            text = joined(text, column < framer.fields() ? framer.value(column) : "");
        }
        return text;
    }

    private static String joined(String text, String value) {
        if (withoutNul(value).isBlank()) {
            return text;
        }
        return text.isEmpty() ? value : text + "\n" + value;
    }

    static String withoutNul(String value) {
        return value.indexOf(0) < 0 ? value : value.replace("\0", "");
    }
}

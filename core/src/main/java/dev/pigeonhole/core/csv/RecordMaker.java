package dev.pigeonhole.core.csv;

/** Makes what the output holds of a row. Not thread-safe. */
final class RecordMaker implements RowReader.RowMaker<CsvRecord> {
    private final int width;
    private final RecordWriter writer;

    RecordMaker(int width, RecordWriter writer) {
        this.width = width;
        this.writer = writer;
    }

    @Override
    public CsvRecord make(RecordFramer framer) {
        boolean tooLong = framer.fields() > width;
        String columns = tooLong ? writer.head(framer) : writer.padded(framer, width);
        String surplus = tooLong ? writer.tail(framer) : "";
        return new CsvRecord(framer.row(), framer.line(), columns, surplus);
    }
}

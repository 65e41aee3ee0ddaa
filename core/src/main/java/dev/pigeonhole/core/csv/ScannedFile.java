package dev.pigeonhole.core.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A file that was scanned before, opened again. Refuses one that is not the same any more, as far as that can be seen without
 * reading all of it. Immutable.
 */
record ScannedFile(Path path, CsvOptions options, CsvProfile profile) {

    CsvRows<CsvItem> items(long fromRow) {
        char delimiter = profile.dialect().delimiter();
        ValueParser parser = new ValueParser(delimiter, options.lenientQuotes());
        return rows(fromRow, shape -> new ItemMaker(profile.textColumns(), shape, parser));
    }

    CsvRows<CsvRecord> records(long fromRow) {
        return rows(fromRow, shape -> new RecordMaker(profile.columns().size(), writer()));
    }

    CsvRows<CsvValues> values(long fromRow) {
        ValueParser parser = new ValueParser(profile.dialect().delimiter(), options.lenientQuotes());
        return rows(
                fromRow,
                shape -> new ValuesMaker(
                        profile.columns().size(),
                        parser,
                        new RowFaults(shape),
                        new ItemMaker(profile.textColumns(), shape, parser)));
    }

    private <R> CsvRows<R> rows(long fromRow, Function<Shape, RowReader.RowMaker<R>> maker) {
        if (fromRow < 1 || fromRow > profile.rows() + 1) {
            throw new IllegalArgumentException("fromRow must be 1 to " + (profile.rows() + 1) + ", was " + fromRow);
        }
        checkSize();
        RecordFramer framer = CsvReading.fromStart(path, options, profile.dialect(), null);
        int width = checkedWidth(framer);
        RowReader<R> reader = new RowReader<>(
                path, profile, framer, mark -> from(mark, width), maker.apply(new Shape(options.ragged(), width)));
        try {
            return reader.skipTo(fromRow);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private int checkedWidth(RecordFramer framer) {
        try {
            return checkedHeader(framer).names().size();
        } catch (RuntimeException e) {
            framer.close();
            throw e;
        }
    }

    private RecordFramer from(RowMark mark, int width) {
        RecordFramer framer = CsvReading.fromMark(path, options, profile.dialect(), mark);
        framer.expect(width);
        return framer;
    }

    private void checkSize() {
        try {
            long bytes = Files.exists(path) ? Files.size(path) : profile.bytes();
            if (bytes != profile.bytes()) {
                throw Messages.changed(path, "it had " + profile.bytes() + " bytes and now has " + bytes);
            }
        } catch (IOException e) {
            throw Messages.unreadable(path, e);
        }
    }

    private CsvHeader checkedHeader(RecordFramer framer) {
        CsvHeader header = CsvHeader.read(framer, writer());
        CsvHeader wide =
                header.widened(profile.columns().size(), profile.dialect().outputDelimiter());
        if (!wide.raw().equals(profile.header())) {
            throw Messages.changed(path, "its header is another one");
        }
        return header;
    }

    private RecordWriter writer() {
        return new RecordWriter(profile.dialect().delimiter(), options.lenientQuotes());
    }
}

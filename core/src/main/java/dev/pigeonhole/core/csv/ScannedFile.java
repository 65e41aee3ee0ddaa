package dev.pigeonhole.core.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private <R> CsvRows<R> rows(long fromRow, Function<Shape, RowReader.RowMaker<R>> maker) {
        if (fromRow < 1 || fromRow > profile.rows() + 1) {
            throw new IllegalArgumentException("fromRow must be 1 to " + (profile.rows() + 1) + ", was " + fromRow);
        }
        checkSize();
        RecordFramer framer = CsvReading.fromStart(path, options, profile.dialect(), null);
        try {
            int width = checkedHeader(framer).names().size();
            RowMark mark = markBefore(fromRow);
            if (mark.row() > 1) {
                framer.close();
                framer = CsvReading.fromMark(path, options, profile.dialect(), mark);
                framer.expect(width);
            }
            return new RowReader<>(path, profile, framer, maker.apply(new Shape(options.ragged(), width)))
                    .skipTo(fromRow);
        } catch (RuntimeException e) {
            framer.close();
            throw e;
        }
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

    private RowMark markBefore(long row) {
        List<RowMark> index = profile.index();
        int low = 0;
        int high = index.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (index.get(middle).row() <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return index.get(low);
    }

    private RecordWriter writer() {
        return new RecordWriter(profile.dialect().delimiter(), options.lenientQuotes());
    }
}

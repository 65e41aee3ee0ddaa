package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.Digest;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads a file once from begin to end, to know all about it before anything is paid. Good for one run. */
final class PreScan {
    /** Rows between two places where reading can start. */
    static final int ROWS_PER_MARK = 2_000;

    private final Path path;
    private final CsvOptions options;
    private final RowWatcher watcher;
    private final List<RowMark> index = new ArrayList<>();
    private long shortRows;
    private long longRows;
    private long rowsWithNul;
    private long rowsWithBadBytes;
    private long rowsWithLooseQuotes;
    private int widest;

    PreScan(Path path, CsvOptions options, RowWatcher watcher) {
        this.path = path;
        this.options = options;
        this.watcher = watcher;
    }

    CsvProfile run() {
        return run(new TextColumns(path, options)::choose);
    }

    /** The same, but there need be no text column. */
    CsvProfile runWithoutText() {
        return run(new TextColumns(path, options)::chooseIfObvious);
    }

    private CsvProfile run(Function<List<String>, List<Integer>> textColumns) {
        FileStart start = FileStart.read(path, options.charset());
        Character asked = options.delimiter();
        char delimiter = asked == null ? new DelimiterSniffer(path, start, options).find() : asked;
        MessageDigest digest = Digest.start();
        CsvDialect presumed = new CsvDialect(start.charset(), start.bom(), delimiter, "\n");
        try (RecordFramer framer = CsvReading.fromStart(path, options, presumed, digest)) {
            framer.onBlankLine(watcher::blankLine);
            CsvHeader header = CsvHeader.read(framer, new RecordWriter(delimiter, options.lenientQuotes()));
            List<Integer> text = textColumns.apply(header.names());
            widest = header.names().size();
            Shape shape = new Shape(options.ragged(), widest);
            watcher.header(header, shape, delimiter, text);
            readRows(framer, shape, SeekableCharsets.contains(start.charset()));
            CsvDialect dialect = new CsvDialect(start.charset(), start.bom(), delimiter, framer.lineEnding());
            return profile(framer, Digest.hex(digest), dialect, header, text);
        }
    }

    private void readRows(RecordFramer framer, Shape shape, boolean seekable) {
        while (framer.hasMore()) {
            if (framer.row() % ROWS_PER_MARK == 0) {
                mark(framer, seekable);
            }
            framer.next();
            count(framer, shape);
            watcher.row(framer);
        }
        if (index.isEmpty()) {
            mark(framer, seekable);
        }
    }

    /** Without seeking, the only mark says "from the start of the file", and so has the offset 0. */
    private void mark(RecordFramer framer, boolean seekable) {
        if (seekable) {
            index.add(new RowMark(framer.row() + 1, framer.nextLine(), framer.offset()));
        } else if (index.isEmpty()) {
            index.add(new RowMark(1, framer.nextLine(), 0));
        }
    }

    private void count(RecordFramer framer, Shape shape) {
        int fields = framer.fields();
        if (fields != shape.headerWidth()) {
            countRagged(framer, shape);
        }
        rowsWithNul += framer.hasNul() ? 1 : 0;
        rowsWithBadBytes += framer.hasReplaced() ? 1 : 0;
        rowsWithLooseQuotes += framer.isLoose() ? 1 : 0;
    }

    private void countRagged(RecordFramer framer, Shape shape) {
        int fields = framer.fields();
        if (shape.refuses(fields)) {
            throw Messages.refuse(
                    path,
                    framer.place() + " has " + fields + " columns, the header has " + shape.headerWidth()
                            + ". Repair the line, or use --ragged auto, pad or dead-letter to go on in spite of such"
                            + " rows.");
        }
        if (fields < shape.headerWidth()) {
            shortRows++;
        } else {
            longRows++;
        }
        widest = Math.max(widest, fields);
    }

    private CsvProfile profile(
            RecordFramer framer, String sha256, CsvDialect dialect, CsvHeader header, List<Integer> text) {
        int width =
                options.ragged() == RaggedPolicy.PAD ? widest : header.names().size();
        CsvHeader widened = header.widened(width, dialect.outputDelimiter());
        CsvProfile.Oddities oddities = new CsvProfile.Oddities(
                framer.blankLines(), shortRows, longRows, rowsWithNul, rowsWithBadBytes, rowsWithLooseQuotes);
        return new CsvProfile(
                framer.bytesRead(),
                sha256,
                dialect,
                widened.names(),
                widened.raw(),
                text,
                framer.row(),
                oddities,
                index);
    }
}

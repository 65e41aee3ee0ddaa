package dev.pigeonhole.core.csv;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Opens a file where reading shall start. Stateless. */
final class CsvReading {
    private static final RowMark START = new RowMark(0, 1, 0);

    private CsvReading() {}

    /**
     * At the begin of the text: after the byte order mark.
     *
     * @param digest takes all bytes, those of the byte order mark too
     */
    static RecordFramer fromStart(Path path, CsvOptions options, CsvDialect dialect, @Nullable MessageDigest digest) {
        SeekableByteChannel channel = InputFile.open(path);
        CharWindow window = new CharWindow(channel, 0, dialect.charset(), options.replaceBadBytes(), digest);
        RecordFramer framer = new RecordFramer(path, window, dialect.delimiter(), options);
        framer.startAt(START);
        return placed(
                path, framer, () -> window.skipBytes(dialect.bom() ? ByteOrderMark.length(dialect.charset()) : 0));
    }

    /** At a place that the pre-scan has noted. */
    static RecordFramer fromMark(Path path, CsvOptions options, CsvDialect dialect, RowMark mark) {
        SeekableByteChannel channel = InputFile.open(path);
        CharWindow window = new CharWindow(channel, mark.offset(), dialect.charset(), options.replaceBadBytes(), null);
        RecordFramer framer = new RecordFramer(path, window, dialect.delimiter(), options);
        framer.startAt(mark);
        return placed(path, framer, () -> channel.position(mark.offset()));
    }

    private static RecordFramer placed(Path path, RecordFramer framer, Move move) {
        try {
            move.run();
            return framer;
        } catch (IOException e) {
            framer.close();
            throw Messages.unreadable(path, e);
        }
    }

    @FunctionalInterface
    private interface Move {
        void run() throws IOException;
    }
}

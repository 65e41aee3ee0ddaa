package dev.pigeonhole.core.combine;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Takes the bytes of a CSV file in UTF-8, such as an output or a part of one, and writes the same table for a spreadsheet program:
 * with a byte order mark, lines ended by CR LF, a comma between cells where it was neither comma nor semicolon, and no cell that is
 * taken for a formula.
 *
 * <p>A cell gets an apostrophe in front if its first character is one of {@code = + - @}, their full-width forms, tab, CR or LF; white
 * space, invisible characters and double quotes before that are looked through, because some programs drop them. Plain numbers
 * with a sign are left alone: digits, thousands in groups of three by {@code . , '}, one decimal point or comma, an exponent, a per
 * cent sign, and nothing else. All other cells keep their values. A program that is set to another delimiter than the file's cuts
 * cells elsewhere; nothing written here can help that.
 *
 * <p>Not thread-safe. No more than one cell is held at a time.
 */
public final class SpreadsheetCopy extends OutputStream {
    /** The longest cell that Excel shows as a whole, in characters. */
    public static final int MOST_CHARS = 32_767;

    private static final int BUFFER = 1 << 14;

    private final OutputStream target;
    private final Writer out;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    private final CharBuffer chars = CharBuffer.allocate(BUFFER);
    private final CellReader cells;
    private boolean first = true;
    private boolean finished;

    /**
     * Begins a copy.
     *
     * @param target gets the copy, in UTF-8
     * @param delimiter what stands between cells, as of {@link dev.pigeonhole.core.csv.CsvDialect#outputDelimiter}
     */
    public SpreadsheetCopy(OutputStream target, char delimiter) {
        this.target = target;
        this.out = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8), BUFFER);
        this.cells = new CellReader(delimiter, new GuardedCells(out, delimiter == ';' ? ';' : ','));
    }

    /**
     * What was copied.
     *
     * @param records lines of the table, the header among them
     * @param guarded cells that got an apostrophe
     * @param tooLong cells of more than {@value #MOST_CHARS} characters, which were left as they are
     */
    public record Report(long records, long guarded, long tooLong) {}

    /**
     * Copies all that a stream has. Both streams stay open.
     *
     * @throws IOException one of them fails
     */
    public static Report copy(InputStream csv, char delimiter, OutputStream target) throws IOException {
        SpreadsheetCopy copy = new SpreadsheetCopy(target, delimiter);
        csv.transferTo(copy);
        return copy.finish();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, bytes.remaining());
            bytes.put(source, offset + done, part);
            done += part;
            decode(false);
        }
    }

    /** Writes out what is complete; the last cell may still be on its way. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Ends the copy; the target stays open. Doing it again changes nothing. */
    public Report finish() throws IOException {
        if (!finished) {
            finished = true;
            decode(true);
            begin();
            cells.end();
            out.flush();
        }
        return cells.report();
    }

    /** Ends the copy, if that was not done, and closes the target. */
    @Override
    public void close() throws IOException {
        try {
            finish();
        } finally {
            target.close();
        }
    }

    private void decode(boolean last) throws IOException {
        bytes.flip();
        boolean more;
        do {
            more = decoder.decode(bytes, chars, last).isOverflow();
            pass();
        } while (more);
        bytes.compact();
    }

    private void pass() throws IOException {
        chars.flip();
        while (chars.hasRemaining()) {
            char c = chars.get();
            boolean mark = first && c == '\ufeff';
            begin();
            if (!mark) {
                cells.read(c);
            }
        }
        chars.clear();
    }

    private void begin() throws IOException {
        if (first) {
            first = false;
            out.write('\ufeff');
        }
    }
}

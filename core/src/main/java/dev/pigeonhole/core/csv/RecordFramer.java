package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.InputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Decides where a record begins and ends, and how many fields it has; everything else in this package believes it. Not
 * thread-safe.
 *
 * <p>The header has row number 0. The accessors speak of the record that {@link #next} framed last.
 */
final class RecordFramer implements Closeable {
    private final CharWindow window;
    private final FieldScanner scanner;
    private final FilePlace place;
    private final int delimiter;

    private LongConsumer blankLineSeen = line -> {};
    private int width;
    private boolean blankLinesAreRows;
    private long blankLines;

    private int length;
    private int fields;
    /** Where the fields end, from the begin of the record. */
    private int[] ends = new int[16];

    private int cut;
    private boolean replaced;

    RecordFramer(Path path, CharWindow window, char delimiter, CsvOptions options) {
        this.window = window;
        this.delimiter = delimiter == CsvDialect.NONE ? FieldScanner.NO_DELIMITER : delimiter;
        this.place = new FilePlace(path);
        this.scanner = new FieldScanner(window, this.delimiter, options, place);
    }

    /** Says that the window stands at a mark, not at the begin of the file. */
    void startAt(RowMark mark) {
        place.row = mark.row() - 1;
        scanner.line = mark.line();
    }

    /** What the header taught: after how many fields a record is too long, and what a blank line is. */
    void expect(int columns) {
        width = columns;
        blankLinesAreRows = columns == 1;
    }

    /** Who is told the line of each blank line that is no row. */
    void onBlankLine(LongConsumer consumer) {
        blankLineSeen = consumer;
    }

    /** Takes the record framed last as none: the next one has its number. */
    void disregard() {
        place.row--;
    }

    /** Whether a record follows; blank lines that are no rows are passed over. */
    boolean hasMore() {
        window.start = window.pos;
        while (scanner.more()) {
            char c = window.chars[window.pos];
            if (blankLinesAreRows || (c != '\n' && c != '\r')) {
                return true;
            }
            blankLines++;
            blankLineSeen.accept(scanner.line);
            scanner.endLine(c);
            window.start = window.pos;
        }
        return false;
    }

    /** Frames the record that {@link #hasMore} has seen. */
    void next() {
        window.start = window.pos;
        place.begin(scanner.line);
        scanner.begin();
        fields = 0;
        cut = -1;
        do {
            fields++;
        } while (field());
    }

    /** Bytes before the record to come; to be asked between {@link #hasMore} and {@link #next}. */
    long offset() {
        return window.offset();
    }

    /** Line of the record to come. */
    long nextLine() {
        return scanner.line;
    }

    long row() {
        return place.row;
    }

    /** Line on which the record begins, from 1. */
    long line() {
        return place.line;
    }

    /** Columns of the header. */
    int expected() {
        return width;
    }

    int fields() {
        return fields;
    }

    boolean hasNul() {
        return scanner.nul;
    }

    /** Whether text follows a closing quote. */
    boolean isLoose() {
        return scanner.loose;
    }

    /** Whether bytes that are no characters were replaced. */
    boolean hasReplaced() {
        return replaced;
    }

    long blankLines() {
        return blankLines;
    }

    String lineEnding() {
        return scanner.endings.dominant();
    }

    long bytesRead() {
        return window.bytesRead();
    }

    /** Whether no field begins with a quote: then a value is what stands in the file. */
    boolean isUnquoted() {
        return !scanner.quotes;
    }

    /**
     * A value of a record that {@link #isUnquoted}.
     *
     * @param column from 0; one of the {@link #fields}
     */
    String value(int column) {
        int begin = column == 0 ? 0 : ends[column - 1] + 1;
        return new String(window.chars, window.start + begin, ends[column] - begin);
    }

    /** The record as it stands in the file, without line ending. */
    String raw() {
        return new String(window.chars, window.start, length);
    }

    /** The part of the record that fits the header; the record must be longer than it. */
    String rawHead() {
        return new String(window.chars, window.start, cut);
    }

    /** What follows {@link #rawHead} and one delimiter. */
    String rawTail() {
        return new String(window.chars, window.start + cut + 1, length - cut - 1);
    }

    CharSpan span() {
        return new CharSpan(window.chars, window.start, length);
    }

    /** A person's description of where the record is. */
    String place() {
        return place.ofRecord();
    }

    /** The value parser sees other columns than this class. */
    InputException disagreement() {
        return place.refuse("the record cannot be cut into columns without doubt, and nothing is guessed."
                + " Put its values in quotes, and please report this line as a defect");
    }

    InputException empty() {
        return Messages.empty(place.path);
    }

    @Override
    public void close() {
        try {
            window.close();
        } catch (IOException e) {
            throw Messages.unreadable(place.path, e);
        }
    }

    /** Passes over one field; whether the record goes on after it. */
    private boolean field() {
        scanner.field(fields);
        length = window.pos - window.start;
        ends = fields <= ends.length ? ends : Arrays.copyOf(ends, fields * 2);
        ends[fields - 1] = length;
        if (!scanner.more()) {
            finish();
            return false;
        }
        char c = window.chars[window.pos];
        if (c == delimiter) {
            if (fields == width) {
                cut = length;
            }
            window.pos++;
            return true;
        }
        finish();
        scanner.endLine(c);
        return false;
    }

    private void finish() {
        scanner.checkLength(length);
        replaced = window.takeReplaced();
        place.between = true;
    }
}

package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.InputException;
import java.io.IOException;

/**
 * Walks over the characters of one field, and over line endings: quotes open only at the start of a field; CR, LF and CR LF end
 * a record outside quotes. Its fields are read by {@link RecordFramer} directly. Not thread-safe.
 */
final class FieldScanner {
    static final int NO_DELIMITER = -1;

    final LineEndings endings = new LineEndings();
    /** The line of the next character, from 1. */
    long line = 1;

    /** Whether the record has U+0000. */
    boolean nul;
    /** Whether the record has text after a closing quote. */
    boolean loose;
    /** Whether a field of the record begins with a quote. */
    boolean quotes;

    private final CharWindow window;
    private final FilePlace place;
    private final boolean lenient;
    private final int maxChars;
    private final int delimiter;
    private final Stops outside;
    private final Stops inside = Stops.at('"', '\n', '\r', 0);

    private long quoteLine;
    private int column;

    /** @param delimiter a char or {@link #NO_DELIMITER} */
    FieldScanner(CharWindow window, int delimiter, CsvOptions options, FilePlace place) {
        this.window = window;
        this.delimiter = delimiter;
        this.lenient = options.lenientQuotes();
        this.maxChars = options.maxRecordChars();
        this.place = place;
        this.outside = Stops.at(delimiter, '\n', '\r', 0);
    }

    /** Forgets the record before. */
    void begin() {
        nul = false;
        loose = false;
        quotes = false;
    }

    /**
     * Up to the delimiter, the line ending or the end of the file after the field.
     *
     * @param number of the field, from 1
     */
    void field(int number) {
        column = number;
        if (more() && window.chars[window.pos] == '"') {
            quoted();
        } else {
            plain();
        }
    }

    /** Passes over a line ending, whose first character is given. */
    void endLine(char first) {
        window.pos++;
        line++;
        if (first == '\n') {
            endings.lf++;
        } else if (more() && window.chars[window.pos] == '\n') {
            window.pos++;
            endings.crLf++;
        } else {
            endings.cr++;
        }
    }

    /** Whether there is a next character; makes it be in the window. */
    boolean more() {
        return window.pos < window.limit || fill();
    }

    void checkLength(int length) {
        if (length > maxChars) {
            throw tooLong("Shorten it");
        }
    }

    private void plain() {
        do {
            char[] chars = window.chars;
            int end = window.limit;
            for (int p = outside.next(chars, window.pos, end); p < end; p = outside.next(chars, p + 1, end)) {
                char c = chars[p];
                if (c == delimiter || c == '\n' || c == '\r') {
                    window.pos = p;
                    return;
                }
                nul |= c == 0;
            }
            window.pos = end;
        } while (more());
    }

    private void quoted() {
        quoteLine = line;
        quotes = true;
        do {
            window.pos++;
            toQuote();
            window.pos++;
        } while (more() && window.chars[window.pos] == '"');
        quoteLine = 0;
        afterQuote();
    }

    /** Up to the next quote, counting lines. */
    private void toQuote() {
        while (more()) {
            char[] chars = window.chars;
            int end = window.limit;
            for (int p = inside.next(chars, window.pos, end); p < end; p = inside.next(chars, p + 1, end)) {
                char c = chars[p];
                if (c == '"') {
                    window.pos = p;
                    return;
                }
                if (c == '\r' || (c == '\n' && chars[p - 1] != '\r')) {
                    line++;
                }
                nul |= c == 0;
            }
            window.pos = end;
        }
        throw place.refuse("a quote opens on line " + quoteLine + " in column " + column
                + " and the file ends before it is closed. Close it, or, if it is part of the text, put the value in quotes"
                + " and write the quote twice (\"\")");
    }

    private void afterQuote() {
        while (more()) {
            char c = window.chars[window.pos];
            if (c == delimiter || c == '\n' || c == '\r') {
                return;
            }
            if (!Character.isWhitespace(c)) {
                joinLoose(c);
                return;
            }
            window.pos++;
        }
    }

    private void joinLoose(char c) {
        if (!lenient) {
            throw place.refuse("after the closing quote of column " + column + " on line " + line + " comes "
                    + Messages.character(c) + "; expected a delimiter or the end of the line. Inside a quoted value a"
                    + " quote is written twice (\"\"). Repair the line, or use --lenient-quotes to join the text");
        }
        loose = true;
        plain();
    }

    private boolean fill() {
        if (window.limit - window.start > maxChars) {
            throw quoteLine > 0
                    ? tooLong("A quote opens on line " + quoteLine + " and is not closed within them; close it")
                    : tooLong("There is no line break within them; break the line");
        }
        try {
            if (window.fill(maxChars)) {
                return true;
            }
        } catch (IOException e) {
            throw Messages.unreadable(place.path, e);
        }
        if (window.stoppedAt() >= 0) {
            throw place.refuse(Messages.badBytes(window), line);
        }
        return false;
    }

    private InputException tooLong(String advice) {
        return place.refuse("the record has more than " + maxChars + " characters. " + advice
                + "; if the file is no CSV or has another delimiter, see --delimiter");
    }
}

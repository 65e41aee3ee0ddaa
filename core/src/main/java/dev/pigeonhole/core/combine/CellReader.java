package dev.pigeonhole.core.combine;

import java.io.IOException;

/**
 * Cuts CSV into cells, character by character, as the reading side does: quotes open at the start of a cell only, and CR, LF and
 * CR LF end a record outside quotes. Not thread-safe.
 */
final class CellReader {
    private enum Place {
        START,
        PLAIN,
        QUOTED,
        /** Behind a quote inside quotes: the end of them, or half a quote. */
        QUOTE
    }

    private final char delimiter;
    private final GuardedCells target;
    private final StringBuilder cell = new StringBuilder();
    private Place place = Place.START;
    private boolean recordOpen;
    private boolean afterCr;

    CellReader(char delimiter, GuardedCells target) {
        this.delimiter = delimiter;
        this.target = target;
    }

    void read(char c) throws IOException {
        boolean restOfCrLf = afterCr && c == '\n';
        afterCr = false;
        if (restOfCrLf) {
            return;
        }
        switch (place) {
            case START -> start(c);
            case PLAIN -> plain(c);
            case QUOTED -> quoted(c);
            case QUOTE -> afterQuote(c);
        }
    }

    /** The end of the file; ends the last record where it is still open. */
    void end() throws IOException {
        if (recordOpen) {
            endRecord();
        }
    }

    SpreadsheetCopy.Report report() {
        return target.report();
    }

    private void start(char c) throws IOException {
        recordOpen = true;
        if (c == '"') {
            place = Place.QUOTED;
        } else {
            place = Place.PLAIN;
            plain(c);
        }
    }

    private void plain(char c) throws IOException {
        if (!separated(c)) {
            cell.append(c);
        }
    }

    private void quoted(char c) {
        if (c == '"') {
            place = Place.QUOTE;
        } else {
            cell.append(c);
        }
    }

    /** White space behind the closing quote is no part of the value. */
    private void afterQuote(char c) throws IOException {
        if (c == '"') {
            place = Place.QUOTED;
            cell.append(c);
        } else if (!separated(c) && !Character.isWhitespace(c)) {
            place = Place.PLAIN;
            cell.append(c);
        }
    }

    private boolean separated(char c) throws IOException {
        if (c == delimiter) {
            endCell();
            return true;
        }
        if (c != '\n' && c != '\r') {
            return false;
        }
        afterCr = c == '\r';
        endRecord();
        return true;
    }

    private void endCell() throws IOException {
        target.cell(cell);
        cell.setLength(0);
        place = Place.START;
    }

    private void endRecord() throws IOException {
        endCell();
        target.endRecord();
        recordOpen = false;
    }
}

package dev.pigeonhole.core.csv;

import dev.pigeonhole.core.InputException;
import java.nio.file.Path;

/** Where reading is, for messages. Not thread-safe. */
final class FilePlace {
    final Path path;
    /** Number of the record framed last or being framed; 0 for the header. */
    long row = -1;
    /** The line on which it begins. */
    long line = 1;
    /** Whether reading is behind that record. */
    boolean between = true;

    FilePlace(Path path) {
        this.path = path;
    }

    void begin(long atLine) {
        row++;
        line = atLine;
        between = false;
    }

    String ofRecord() {
        return name(row, line);
    }

    /** The record being framed is wrong. */
    InputException refuse(String problem) {
        return Messages.refuse(path, ofRecord() + ": " + problem + ".");
    }

    /** What is read now is wrong: the record being framed, or, behind it, the coming one. */
    InputException refuse(String problem, long atLine) {
        return Messages.refuse(path, (between ? name(row + 1, atLine) : ofRecord()) + ": " + problem + ".");
    }

    private static String name(long row, long line) {
        return (row <= 0 ? "header" : "row " + row) + " (line " + line + ")";
    }
}

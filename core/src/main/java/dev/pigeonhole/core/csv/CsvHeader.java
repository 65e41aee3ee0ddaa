package dev.pigeonhole.core.csv;

import java.util.ArrayList;
import java.util.List;

/**
 * The header as it stands in the file. Immutable.
 *
 * @param names column names, not empty
 * @param raw without line ending; quoted anew if its quotes are loose
 */
record CsvHeader(List<String> names, String raw) {
    private static final String EXCEL_HINT = "sep=";

    CsvHeader {
        names = List.copyOf(names);
    }

    /** Reads what comes before row 1, and tells the framer how wide the table is. */
    static CsvHeader read(RecordFramer framer, RecordWriter writer) {
        nextLine(framer);
        if (framer.raw().length() == EXCEL_HINT.length() + 1 && delimiterIn(framer.raw()) != CsvDialect.NONE) {
            framer.disregard();
            nextLine(framer);
        }
        List<String> names = writer.values(framer);
        String raw = writer.raw(framer);
        framer.expect(names.size());
        return new CsvHeader(names, raw);
    }

    /** With columns added up to a width, called {@code column_N}; itself if it is that wide. */
    CsvHeader widened(int width, char delimiter) {
        if (width <= names.size()) {
            return this;
        }
        List<String> wide = new ArrayList<>(names);
        StringBuilder line = new StringBuilder(raw);
        for (int number = names.size() + 1; number <= width; number++) {
            String name = free("column_" + number, wide);
            wide.add(name);
            line.append(delimiter).append(name);
        }
        return new CsvHeader(wide, line.toString());
    }

    private static String free(String name, List<String> taken) {
        return taken.contains(name) ? free(name + "_", taken) : name;
    }

    /** The delimiter that a first line such as {@code sep=;} names; NONE if it is not such a line. */
    static char delimiterIn(String firstLine) {
        boolean hint = firstLine.length() == EXCEL_HINT.length() + 1
                && firstLine.regionMatches(true, 0, EXCEL_HINT, 0, EXCEL_HINT.length());
        char named = hint ? firstLine.charAt(EXCEL_HINT.length()) : CsvDialect.NONE;
        return Delimiters.separates(named) ? named : CsvDialect.NONE;
    }

    private static void nextLine(RecordFramer framer) {
        if (!framer.hasMore()) {
            throw framer.empty();
        }
        framer.next();
    }
}

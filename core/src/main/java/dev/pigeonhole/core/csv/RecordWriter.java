package dev.pigeonhole.core.csv;

import java.util.List;

/**
 * Writes framed records as they go to the output: byte for byte as in the input wherever that is valid CSV in the output's
 * dialect. Not thread-safe.
 */
final class RecordWriter {
    private final boolean undelimited;
    private final char delimiter;
    private final ValueParser parser;
    private final CsvCells cells;

    RecordWriter(char delimiter, boolean lenientQuotes) {
        this.undelimited = delimiter == CsvDialect.NONE;
        this.delimiter = undelimited ? ',' : delimiter;
        this.parser = new ValueParser(delimiter, lenientQuotes);
        this.cells = CsvCells.delimitedBy(this.delimiter);
    }

    List<String> values(RecordFramer framer) {
        return parser.parse(framer);
    }

    /** The whole record. */
    String raw(RecordFramer framer) {
        String raw = framer.raw();
        boolean asItStands = !framer.isLoose() && !(undelimited && raw.indexOf(delimiter) >= 0);
        return asItStands ? raw : cells.join(parser.parse(framer));
    }

    /** The whole record, and empty columns up to the width. */
    String padded(RecordFramer framer, int width) {
        int missing = width - framer.fields();
        return missing <= 0
                ? raw(framer)
                : raw(framer) + String.valueOf(delimiter).repeat(missing);
    }

    /** The columns that the header has, of a record that has more. */
    String head(RecordFramer framer) {
        return framer.isLoose() ? cells.join(parser.parse(framer).subList(0, framer.expected())) : framer.rawHead();
    }

    /** The columns that {@link #head} leaves out. */
    String tail(RecordFramer framer) {
        if (!framer.isLoose()) {
            return framer.rawTail();
        }
        List<String> values = parser.parse(framer);
        return cells.join(values.subList(framer.expected(), values.size()));
    }
}

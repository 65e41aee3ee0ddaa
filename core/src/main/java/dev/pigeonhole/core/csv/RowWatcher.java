package dev.pigeonhole.core.csv;

import java.util.List;

/** Looks at the rows of a pre-scan as they pass. Not thread-safe. */
interface RowWatcher {
    /** Looks away. */
    RowWatcher NONE = new RowWatcher() {
        @Override
        public void blankLine(long line) {}

        @Override
        public void header(CsvHeader header, Shape shape, char delimiter, List<Integer> textColumns) {}

        @Override
        public void row(RecordFramer framer) {}
    };

    /** A line that is no row; may come before the header. */
    void blankLine(long line);

    /** What comes before the rows. */
    void header(CsvHeader header, Shape shape, char delimiter, List<Integer> textColumns);

    /** The row that was framed last. */
    void row(RecordFramer framer);
}

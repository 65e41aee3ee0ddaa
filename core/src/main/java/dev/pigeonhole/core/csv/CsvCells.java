package dev.pigeonhole.core.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;

/** Writes cells as a part of a CSV record, quoted where they have to be. Immutable and thread-safe. */
public final class CsvCells {
    private final char delimiter;
    private final CSVFormat format;

    private CsvCells(char delimiter) {
        this.delimiter = delimiter;
        this.format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setQuoteMode(QuoteMode.MINIMAL)
                .get();
    }

    /**
     * Cells with this character between them.
     *
     * @param delimiter what stands between cells, as of {@link CsvDialect#outputDelimiter}
     * @throws IllegalArgumentException if it is a quote or a line break
     */
    public static CsvCells delimitedBy(char delimiter) {
        return new CsvCells(delimiter);
    }

    /** The cells, delimited, without line ending. An empty cell stays empty. */
    public String join(List<String> cells) {
        StringBuilder joined = new StringBuilder();
        append(cells, joined);
        return joined.toString();
    }

    /** The same as {@link #join}, behind what is there already. */
    public void append(List<String> cells, StringBuilder target) {
        for (int i = 0; i < cells.size(); i++) {
            append(cells.get(i), i == 0, target);
        }
    }

    /** The format would quote an empty first cell, and look at every character twice: it gets only what may need quotes. */
    private void append(String cell, boolean first, StringBuilder joined) {
        if (!plain(cell)) {
            quote(cell, first, joined);
            return;
        }
        if (!first) {
            joined.append(delimiter);
        }
        joined.append(cell);
    }

    private void quote(String cell, boolean first, StringBuilder joined) {
        try {
            format.print(cell, joined, first);
        } catch (IOException e) {
            throw new UncheckedIOException("a StringBuilder does no I/O", e);
        }
    }

    private boolean plain(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            boolean innerSpace = c == ' ' && i > 0 && i < cell.length() - 1;
            if (c == delimiter || (c <= '#' && !innerSpace)) {
                return false;
            }
        }
        return true;
    }
}

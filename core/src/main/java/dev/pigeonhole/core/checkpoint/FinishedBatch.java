package dev.pigeonhole.core.checkpoint;

import java.util.Objects;

/**
 * A batch whose file is published: all its rows have an outcome.
 *
 * @param number from 1, in row order, without gaps
 * @param firstRow number of its first row
 * @param counts its rows by status
 * @param file its file
 */
public record FinishedBatch(int number, long firstRow, Counts counts, PublishedFile file) {
    public FinishedBatch {
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(file, "file");
        if (counts.total() != file.rows()) {
            throw new IllegalArgumentException(
                    "batch " + number + ": counts give " + counts.total() + " rows, the file has " + file.rows());
        }
    }

    /** Number of its last row. */
    public long lastRow() {
        return firstRow + file.rows() - 1;
    }
}

package dev.pigeonhole.core.csv;

import java.util.Iterator;

/**
 * Rows of a file, read one by one in file order. Not thread-safe. Reading throws
 * {@link dev.pigeonhole.core.InputException} if the file is no longer what the pre-scan saw, and
 * {@link dev.pigeonhole.core.StorageException} if it cannot be read.
 *
 * @param <R> what is made of a row
 */
public interface CsvRows<R> extends Iterator<R>, AutoCloseable {
    /**
     * Passes over the rows before this one, which is quicker than reading them. Does nothing if they were read already.
     *
     * @param row from 1 to one more than there are
     * @return this
     */
    CsvRows<R> skipTo(long row);

    @Override
    void close();
}

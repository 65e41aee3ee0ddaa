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
    @Override
    void close();
}

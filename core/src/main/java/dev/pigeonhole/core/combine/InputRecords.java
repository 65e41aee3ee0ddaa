package dev.pigeonhole.core.combine;

import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvRecord;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import org.jspecify.annotations.Nullable;

/** Finds rows of the input: reads on to the next one while that is near, and starts anew from the index otherwise. Not thread-safe. */
final class InputRecords implements AutoCloseable {
    private static final long NEAR = 2_000;

    private final CsvSource source;
    private final CsvProfile profile;
    private @Nullable CsvRows<CsvRecord> rows;
    private long next;

    InputRecords(CsvSource source, CsvProfile profile) {
        this.source = source;
        this.profile = profile;
    }

    CsvRecord record(long row) {
        CsvRows<CsvRecord> at = at(row);
        CsvRecord csv = at.next();
        while (csv.row() < row) {
            csv = at.next();
        }
        if (csv.row() != row) {
            throw new IllegalStateException("row " + row + " was asked for, and row " + csv.row() + " came");
        }
        next = row + 1;
        return csv;
    }

    private CsvRows<CsvRecord> at(long row) {
        CsvRows<CsvRecord> open = rows;
        if (open != null && next <= row && row - next <= NEAR) {
            return open;
        }
        close();
        open = source.records(profile, row);
        rows = open;
        return open;
    }

    @Override
    public void close() {
        CsvRows<CsvRecord> open = rows;
        rows = null;
        if (open != null) {
            open.close();
        }
    }
}

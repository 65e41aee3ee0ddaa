package dev.pigeonhole.core.job;

import dev.pigeonhole.core.categorize.Pass;
import dev.pigeonhole.core.csv.CsvItem;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Those rows that a pass is about, as long as the next one is near: to read on to a far one costs more than to begin anew there. */
final class WantedRows implements Iterator<CsvItem> {
    /** The pre-scan leaves a mark every 2,000 rows; between two of them there is no other way than to read. */
    private static final long NEAR = 4_000;

    private final Iterator<CsvItem> rows;
    private final Pass pass;
    private long wanted;
    private @Nullable CsvItem next;

    /** @param first the row that the iterator begins with; one that the pass is about */
    WantedRows(Iterator<CsvItem> rows, Pass pass, long first) {
        this.rows = rows;
        this.pass = pass;
        this.wanted = first;
        move(first);
    }

    /** The next row that the pass is about, when this has come to its end. */
    long wanted() {
        return wanted;
    }

    private void move(long from) {
        next = null;
        if (wanted - from > NEAR) {
            return;
        }
        while (next == null && rows.hasNext()) {
            CsvItem row = rows.next();
            next = row.row() >= wanted ? row : null;
        }
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public CsvItem next() {
        CsvItem row = next;
        if (row == null) {
            throw new NoSuchElementException();
        }
        wanted = pass.next(row.row() + 1);
        move(row.row() + 1);
        return row;
    }
}

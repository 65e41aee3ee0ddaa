package dev.pigeonhole.core.job;

import dev.pigeonhole.core.checkpoint.JobLease;
import java.util.BitSet;

/** Which rows have an outcome, looked up in blocks; for rows asked about in order. Not thread-safe. */
final class RecordedRows {
    private static final int BLOCK = 8_192;

    private final JobLease lease;
    private BitSet block = new BitSet();
    private long firstRow = 1 - BLOCK;

    RecordedRows(JobLease lease) {
        this.lease = lease;
    }

    boolean contains(long row) {
        if (row < firstRow || row >= firstRow + BLOCK) {
            firstRow = row;
            block = lease.recorded(row, BLOCK);
        }
        return block.get((int) (row - firstRow));
    }
}

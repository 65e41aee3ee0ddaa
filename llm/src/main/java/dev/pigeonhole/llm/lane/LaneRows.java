package dev.pigeonhole.llm.lane;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * What became of rows in the lane, in three bits for each. Numbers beyond the last row belong to texts that ride along in several
 * questions at once; they are passed over. Thread-safe.
 */
public final class LaneRows {
    private final BitSet underWay = new BitSet();
    /** Asked about once and not begun. */
    private final BitSet cameBack = new BitSet();
    /** Not taken any more. */
    private final BitSet over = new BitSet();

    private final long lastRow;
    private boolean someMayComeAgain;

    /**
     * Nothing is under way yet.
     *
     * @param lastRow of the input
     */
    public LaneRows(long lastRow) {
        this.lastRow = lastRow;
    }

    /** Those of these rows that are in the input. */
    public List<Long> ofInput(Collection<Long> rows) {
        return rows.stream().filter(row -> row <= lastRow).toList();
    }

    /** They are part of a question that was put. */
    public synchronized void put(Collection<Long> rows) {
        ofInput(rows).forEach(row -> underWay.set(index(row)));
    }

    /** An answer came, or will never come: what it leaves open is asked about otherwise. */
    public synchronized void ended(Collection<Long> rows) {
        ofInput(rows).forEach(row -> {
            underWay.clear(index(row));
            over.set(index(row));
        });
    }

    /** They were not even looked at, and may be put once more, but only once. */
    public synchronized void cameBack(Collection<Long> rows) {
        for (long row : ofInput(rows)) {
            underWay.clear(index(row));
            if (cameBack.get(index(row))) {
                over.set(index(row));
            } else {
                cameBack.set(index(row));
                someMayComeAgain = true;
            }
        }
    }

    /** They were never handed over, and may be put again. */
    public synchronized void withdrawn(Collection<Long> rows) {
        ofInput(rows).forEach(row -> underWay.clear(index(row)));
        someMayComeAgain = true;
    }

    public synchronized boolean isUnderWay(long row) {
        return row < Integer.MAX_VALUE && underWay.get(index(row));
    }

    /** Whether any of them is under way. */
    public synchronized boolean isAnyUnderWay(Collection<Long> rows) {
        return ofInput(rows).stream().anyMatch(this::isUnderWay);
    }

    /** Whether the row was not tried in vain. Rows beyond two billion are not taken at all. */
    public synchronized boolean mayCome(long row) {
        return row < Integer.MAX_VALUE && !over.get(index(row));
    }

    /** Whether rows came back that may be put again, since {@link #beginAnew} was called last. */
    public synchronized boolean someMayComeAgain() {
        return someMayComeAgain;
    }

    public synchronized void beginAnew() {
        someMayComeAgain = false;
    }

    private static int index(long row) {
        return Math.toIntExact(row);
    }
}

package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.checkpoint.RowFilter;
import dev.pigeonhole.core.checkpoint.RowStatus;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A {@link RowFilter} as {@link RowCode} has it. Immutable, once made. */
final class RowChoice {
    private final @Nullable BitSet hits;
    private long mask;
    private long wanted;
    private boolean impossible;

    private RowChoice(@Nullable BitSet hits) {
        this.hits = hits;
    }

    /** @param hits the rows that have the words; null if no words are asked for */
    static RowChoice of(RowFilter filter, RowIndex index, @Nullable BitSet hits) {
        RowChoice choice = new RowChoice(hits);
        choice.require(RowCode.THERE, RowCode.THERE);
        filter.status().ifPresent(status -> choice.require(RowCode.STATUS, RowCode.status(status)));
        filter.category().ifPresent(name -> {
            int category = index.category(name);
            choice.impossible |= category < 0;
            choice.require(RowCode.STATUS, RowCode.status(RowStatus.CATEGORIZED));
            choice.require(RowCode.CATEGORY, RowCode.category(Math.max(0, category)));
        });
        filter.cause().ifPresent(cause -> {
            choice.require(RowCode.STATUS, RowCode.status(RowStatus.FAILED));
            choice.require(RowCode.CAUSE, RowCode.cause(cause));
        });
        filter.reviewed().ifPresent(by -> choice.require(RowCode.REVIEWED, by ? RowCode.REVIEWED : 0));
        return choice;
    }

    private void require(long bits, long value) {
        impossible |= (mask & bits) != 0 && (wanted & bits) != value;
        mask |= bits;
        wanted |= value;
    }

    /** Whether all rows are meant that have an outcome. */
    boolean isAll() {
        return mask == RowCode.THERE && hits == null;
    }

    boolean isEmpty() {
        return impossible;
    }

    boolean has(long row, long code) {
        return (code & mask) == wanted && (hits == null || hits.get((int) row));
    }
}

package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A checksum of 64 bits over values in order, to find damage; no protection against forgers. Part of the format: it gives the same
 * for ever. Not thread-safe.
 */
final class Checksum {
    private long hash = 0x9e3779b97f4a7c15L;

    static long of(RowOutcome row) {
        return new Checksum()
                .add(row.row())
                .add(row.subBatch())
                .add(row.attempts())
                .add(row.outcome())
                .value();
    }

    /** The same as {@link #of(RowOutcome)}. */
    static long of(RowOutcome row, TextSums texts) {
        Checksum sum = new Checksum().add(row.row()).add(row.subBatch()).add(row.attempts());
        if (row.outcome() instanceof Outcome.Categorized o) {
            sum.add(0);
            texts.add(o.category(), sum);
            texts.add(o.source(), sum);
            return sum.add(o.confidence()).value();
        }
        return sum.add(row.outcome()).value();
    }

    Checksum add(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized o) {
            return add(0).add(o.category()).add(o.source()).add(o.confidence());
        } else if (outcome instanceof Outcome.Unmatched o) {
            return add(1).add(o.source()).add(o.confidence());
        } else if (outcome instanceof Outcome.Failed o) {
            return add(2).add(o.cause().name()).add(o.message());
        }
        return add(3);
    }

    Checksum add(long value) {
        long h = hash * 31 + value;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        hash = h ^ (h >>> 33);
        return this;
    }

    Checksum add(@Nullable String text) {
        if (text == null) {
            return add(-1);
        }
        return add(text.length()).add(hashOf(text));
    }

    /** What of a text goes into the sum, besides its length. */
    static long hashOf(String text) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001b3L;
        }
        return h;
    }

    Checksum add(boolean value) {
        return add(value ? 1 : 0);
    }

    Checksum add(Counts counts) {
        return add(counts.categorized())
                .add(counts.unmatched())
                .add(counts.failed())
                .add(counts.skipped());
    }

    /** No confidence is a number that no confidence is; minus zero, which the database does not keep, is zero. */
    private Checksum add(OptionalDouble confidence) {
        return add(confidence.isPresent() ? Double.doubleToLongBits(confidence.getAsDouble() + 0.0) : -1);
    }

    long value() {
        return hash;
    }
}

package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowStatus;
import dev.pigeonhole.core.checkpoint.SeenRow;
import java.util.List;
import java.util.OptionalDouble;

/**
 * All that filters and orders ask about a row, its confidence left out, in one number; 0 for a row without an outcome. From the
 * lowest bit: status (2), has a confidence (1), reviewed (1), there (1), cause (5), source (24), category (24). Stateless.
 */
final class RowCode {
    static final long ABSENT = 0;
    static final long STATUS = 3;
    static final long HAS_CONFIDENCE = 4;
    static final long REVIEWED = 8;
    static final long THERE = 16;
    static final long CAUSE = 31L << 5;
    static final long CATEGORY = 0xff_ffffL << 34;

    /** Their numbers, which last no longer than this process. */
    static final List<FailureCause> CAUSES = List.of(FailureCause.values());

    private RowCode() {}

    /** The numbers of category and source are 0 for a row that has none. */
    static long of(SeenRow seen, int category, int source) {
        Outcome outcome = seen.row().outcome();
        long cause = outcome instanceof Outcome.Failed failed ? cause(failed.cause()) : 0;
        return status(RowStatus.of(outcome))
                | (confidence(outcome).isPresent() ? HAS_CONFIDENCE : 0)
                | (seen.review().isPresent() ? REVIEWED : 0)
                | THERE
                | cause
                | (long) source << 10
                | category(category);
    }

    static long category(int ordinal) {
        return (long) ordinal << 34;
    }

    static long cause(FailureCause cause) {
        return (long) CAUSES.indexOf(cause) << 5;
    }

    static int status(long code) {
        return (int) (code & STATUS);
    }

    /** As in the table {@code outcome}. */
    static int status(RowStatus status) {
        return switch (status) {
            case CATEGORIZED -> 0;
            case UNMATCHED -> 1;
            case FAILED -> 2;
            case SKIPPED -> 3;
        };
    }

    static int causeOf(long code) {
        return (int) (code >> 5) & 31;
    }

    static int sourceOf(long code) {
        return (int) (code >> 10) & 0xff_ffff;
    }

    static int categoryOf(long code) {
        return (int) (code >> 34) & 0xff_ffff;
    }

    static boolean isCategorized(long code) {
        return status(code) == 0;
    }

    static OptionalDouble confidence(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized categorized) {
            return categorized.confidence();
        }
        return outcome instanceof Outcome.Unmatched unmatched ? unmatched.confidence() : OptionalDouble.empty();
    }
}

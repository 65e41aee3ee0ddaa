package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the rows of a job in several transactions, each of which reads some groups. Each group adds up when it is read; all of
 * them together do if nothing was changed on the way. Not thread-safe.
 */
final class RowWalk {
    private static final int GROUPS = 16;

    private final long job;
    private final List<String> categories;
    private final ReviewBook book = new ReviewBook();
    private @Nullable Ledger begun;
    private OutcomeGroup sum = OutcomeGroup.empty(0);
    private long nextGroup;
    private boolean more = true;

    RowWalk(long job, List<String> categories) {
        this.job = job;
        this.categories = categories;
    }

    boolean hasMore() {
        return more;
    }

    /** The next rows as they hold now, what people said included; at the end it is certain that none was missing. */
    List<RowOutcome> next(Connection connection) throws SQLException {
        if (begun == null) {
            begun = Ledger.read(connection, job);
        }
        book.refresh(connection, job, categories, row -> {});
        Long first = firstGroup(connection);
        if (first == null) {
            more = false;
            requireAll(connection, begun);
            return List.of();
        }
        List<RowOutcome> rows = new ArrayList<>(GROUPS * OutcomeGroup.ROWS);
        long last = first + GROUPS - 1;
        new OutcomeReader(connection, job, categories)
                .forEachGroup(OutcomeGroup.firstRow(first), OutcomeGroup.lastRow(last), (group, outcomes) -> {
                    sum = sum.plus(group);
                    outcomes.forEach(row -> rows.add(book.seen(row).row()));
                });
        nextGroup = last + 1;
        return rows;
    }

    private @Nullable Long firstGroup(Connection connection) throws SQLException {
        return Sql.first(
                connection,
                "SELECT number FROM outcome_group WHERE job = ? AND number >= ? ORDER BY number LIMIT 1",
                line -> line.getLong(1),
                job,
                nextGroup);
    }

    private void requireAll(Connection connection, Ledger before) throws SQLException {
        Ledger now = Ledger.read(connection, job);
        if (now.equals(before) && !sum.equals(new OutcomeGroup(0, now.counts(), now.outcomes()))) {
            throw new DamagedException("the rows do not add up to the ledger");
        }
    }
}

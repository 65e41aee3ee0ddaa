package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads outcomes group by group, and lets none out before the group adds up to what was recorded of it. Not thread-safe; lives as
 * long as a transaction.
 */
final class OutcomeReader {
    private static final long LAST_ROW = Long.MAX_VALUE - OutcomeGroup.ROWS;
    /**
     * Reading a column costs more than all that the database does for a row, so numbers that fit into 64 bits share one. Should
     * damage make them run into each other, what comes out differs from what was recorded, and the checksum tells.
     */
    private static final String ROWS = "SELECT row, (attempts << 32) + sub_batch,"
            + " ((coalesce(source, -1) + 1) << 35) + ((coalesce(category, -1) + 1) << 3)"
            + " + CASE WHEN confidence IS NULL THEN 0 ELSE 4 END + status, confidence,"
            + " CASE status WHEN 2 THEN (SELECT cause FROM failure f WHERE f.job = o.job AND f.row = o.row) END,"
            + " CASE status WHEN 2 THEN (SELECT message FROM failure f WHERE f.job = o.job AND f.row = o.row) END"
            + " FROM outcome o WHERE job = ? AND row BETWEEN ? AND ? ORDER BY row";

    private static final String GROUPS =
            "SELECT * FROM outcome_group WHERE job = ? AND number BETWEEN ? AND ? ORDER BY number";

    private final Connection connection;
    private final long job;
    private final List<String> categories;
    private final Sources sources;

    OutcomeReader(Connection connection, long job, List<String> categories) throws SQLException {
        this.connection = connection;
        this.job = job;
        this.categories = categories;
        this.sources = new Sources(connection, job);
    }

    /** Sees outcomes in row order; a list that it must not keep. */
    interface GroupConsumer {
        void see(OutcomeGroup group, List<RowOutcome> outcomes) throws SQLException;
    }

    void forEachGroup(GroupConsumer consumer) throws SQLException {
        forEachGroup(1, LAST_ROW, consumer);
    }

    /** Hands over the groups that hold these rows, as a whole. */
    void forEachGroup(long firstRow, long lastRow, GroupConsumer consumer) throws SQLException {
        if (firstRow > lastRow) {
            return;
        }
        long first = OutcomeGroup.numberOf(firstRow);
        long last = OutcomeGroup.numberOf(Math.min(lastRow, LAST_ROW));
        long to = OutcomeGroup.lastRow(last);
        try (PreparedStatement groups = Sql.prepare(connection, GROUPS, job, first, last);
                PreparedStatement rows = Sql.prepare(connection, ROWS, job, OutcomeGroup.firstRow(first), to);
                ResultSet groupLines = groups.executeQuery();
                ResultSet rowLines = rows.executeQuery()) {
            merge(groupLines, rowLines, consumer);
        }
    }

    /** Adds the outcomes of one group to the list, and returns what they add up to. */
    OutcomeGroup readGroup(long number, List<RowOutcome> into) throws SQLException {
        OutcomeGroup[] sum = {OutcomeGroup.empty(number)};
        forEachGroup(OutcomeGroup.firstRow(number), OutcomeGroup.lastRow(number), (group, outcomes) -> {
            sum[0] = group;
            into.addAll(outcomes);
        });
        return sum[0];
    }

    /** Hands over single rows, those that are there, in the order given. They are not held against what their group adds up to. */
    void forEachOf(Collection<Long> rows, Consumer<RowOutcome> consumer) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ROWS)) {
            select.setLong(1, job);
            for (long row : rows) {
                select.setLong(2, row);
                select.setLong(3, row);
                try (ResultSet line = select.executeQuery()) {
                    if (line.next()) {
                        consumer.accept(decode(line));
                    }
                }
            }
        }
    }

    private void merge(ResultSet groups, ResultSet rows, GroupConsumer consumer) throws SQLException {
        List<RowOutcome> pending = new ArrayList<>(OutcomeGroup.ROWS);
        OutcomeGroup sum = OutcomeGroup.empty(0);
        long previous = 0;
        while (rows.next()) {
            RowOutcome outcome = decode(rows);
            if (outcome.row() <= previous) {
                throw new DamagedException("row " + outcome.row() + " comes after row " + previous);
            }
            previous = outcome.row();
            long number = OutcomeGroup.numberOf(previous);
            if (number != sum.number()) {
                handOver(groups, sum, pending, consumer);
                sum = OutcomeGroup.empty(number);
            }
            sum = sum.plus(outcome);
            pending.add(outcome);
        }
        handOver(groups, sum, pending, consumer);
        OutcomeGroup more = nextGroup(groups);
        if (!more.isEmpty()) {
            throw new DamagedException("all rows of group " + more.number() + " are missing");
        }
    }

    private static void handOver(ResultSet groups, OutcomeGroup sum, List<RowOutcome> pending, GroupConsumer consumer)
            throws SQLException {
        if (pending.isEmpty()) {
            return;
        }
        if (!nextGroup(groups).equals(sum)) {
            throw new DamagedException("rows from " + OutcomeGroup.firstRow(sum.number()) + " to "
                    + OutcomeGroup.lastRow(sum.number()) + " are not as they were recorded");
        }
        consumer.see(sum, pending);
        pending.clear();
    }

    private static OutcomeGroup nextGroup(ResultSet groups) throws SQLException {
        while (groups.next()) {
            OutcomeGroup group = OutcomeGroup.decode(groups);
            if (!group.isEmpty()) {
                return group;
            }
        }
        return OutcomeGroup.empty(-1);
    }

    private RowOutcome decode(ResultSet line) throws SQLException {
        try {
            long calls = line.getLong(2);
            return new RowOutcome(line.getLong(1), outcome(line, line.getLong(3)), (int) calls, (int) (calls >> 32));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new DamagedException("an outcome is not readable", e);
        }
    }

    private Outcome outcome(ResultSet line, long code) throws SQLException {
        int category = (int) (code >> 3) - 1;
        int source = (int) (code >> 35) - 1;
        return switch ((int) code & 3) {
            case 0 -> new Outcome.Categorized(category(category), confidence(line, code), sources.name(source));
            case 1 -> new Outcome.Unmatched(confidence(line, code), sources.name(source));
            case 2 -> failed(line.getString(5), line.getString(6));
            default -> new Outcome.Skipped();
        };
    }

    private static Outcome failed(@Nullable String cause, @Nullable String message) throws DamagedException {
        if (cause == null || message == null) {
            throw new DamagedException("the cause of a failure is missing");
        }
        return new Outcome.Failed(FailureCause.valueOf(cause), message);
    }

    private String category(int ordinal) throws DamagedException {
        if (ordinal < 0 || ordinal >= categories.size()) {
            throw new DamagedException("category " + ordinal + " is unknown");
        }
        return categories.get(ordinal);
    }

    private static OptionalDouble confidence(ResultSet line, long code) throws SQLException {
        return (code & 4) == 0 ? OptionalDouble.empty() : OptionalDouble.of(line.getDouble(4));
    }
}

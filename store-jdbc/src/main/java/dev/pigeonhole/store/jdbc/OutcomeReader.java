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
import java.util.Comparator;
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

    private static final String PACKS = "SELECT first_row, outcomes FROM outcome_pack"
            + " WHERE job = ? AND first_row BETWEEN ? AND ? ORDER BY first_row";

    private static final String GROUPS = "SELECT " + OutcomeGroup.COLUMNS
            + " FROM outcome_group WHERE job = ? AND number BETWEEN ? AND ? ORDER BY number";

    private final Connection connection;
    private final long job;
    private final List<String> categories;
    private final Sources sources;
    private final TextSums texts = new TextSums();
    /** The latest outcome of each category: the next one is often the same. */
    private final Outcome.@Nullable Categorized[] latest;

    OutcomeReader(Connection connection, long job, List<String> categories) throws SQLException {
        this.connection = connection;
        this.job = job;
        this.categories = categories;
        this.sources = new Sources(connection, job);
        this.latest = new Outcome.@Nullable Categorized[categories.size()];
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
        long from = OutcomeGroup.firstRow(first);
        try (PreparedStatement groups = Sql.prepare(connection, GROUPS, job, first, last);
                PreparedStatement rows = Sql.prepare(connection, ROWS, job, from, to);
                PreparedStatement packs = Sql.prepare(connection, PACKS, job, from, to);
                ResultSet groupLines = groups.executeQuery();
                ResultSet rowLines = rows.executeQuery();
                ResultSet packLines = packs.executeQuery()) {
            merge(groupLines, new Single(rowLines), new Packed(packLines), consumer);
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
        try (PreparedStatement single = connection.prepareStatement(ROWS);
                PreparedStatement packs = connection.prepareStatement(PACKS)) {
            for (long row : rows) {
                try (ResultSet line = select(single, row, row)) {
                    if (line.next()) {
                        consumer.accept(decode(line));
                        continue;
                    }
                }
                findPacked(packs, row, consumer);
            }
        }
    }

    private void findPacked(PreparedStatement packs, long row, Consumer<RowOutcome> consumer) throws SQLException {
        try (ResultSet line = select(packs, OutcomeGroup.firstRow(OutcomeGroup.numberOf(row)), row)) {
            while (line.next()) {
                forEachIn(line, packed -> {
                    if (packed.row() == row) {
                        consumer.accept(packed);
                    }
                });
            }
        }
    }

    private ResultSet select(PreparedStatement statement, long firstRow, long lastRow) throws SQLException {
        statement.setLong(1, job);
        statement.setLong(2, firstRow);
        statement.setLong(3, lastRow);
        return statement.executeQuery();
    }

    private void merge(ResultSet groups, Single single, Packed packed, GroupConsumer consumer) throws SQLException {
        List<RowOutcome> outcomes = new ArrayList<>(OutcomeGroup.ROWS);
        long before = -1;
        for (long number = Math.min(single.group(), packed.group());
                number != Long.MAX_VALUE;
                number = Math.min(single.group(), packed.group())) {
            if (number <= before) {
                throw new DamagedException("rows of group " + number + " come after rows of group " + before);
            }
            before = number;
            single.take(number, outcomes);
            if (packed.take(number, outcomes)) {
                outcomes.sort(Comparator.comparingLong(RowOutcome::row));
            }
            handOver(groups, sum(number, outcomes), outcomes, consumer);
        }
        OutcomeGroup more = nextGroup(groups);
        if (!more.isEmpty()) {
            throw new DamagedException("all rows of group " + more.number() + " are missing");
        }
    }

    private OutcomeGroup sum(long number, List<RowOutcome> outcomes) throws SQLException {
        long previous = 0;
        for (RowOutcome outcome : outcomes) {
            if (outcome.row() <= previous) {
                throw new DamagedException("row " + outcome.row() + " comes after row " + previous);
            }
            previous = outcome.row();
        }
        return OutcomeGroup.of(number, outcomes, texts);
    }

    /** Rows that have a line each. Stands on the one that comes next. */
    private final class Single {
        private final ResultSet lines;
        private @Nullable RowOutcome next;

        Single(ResultSet lines) throws SQLException {
            this.lines = lines;
            advance();
        }

        private void advance() throws SQLException {
            next = lines.next() ? decode(lines) : null;
        }

        long group() {
            return next == null ? Long.MAX_VALUE : OutcomeGroup.numberOf(next.row());
        }

        void take(long group, List<RowOutcome> into) throws SQLException {
            for (RowOutcome row = next; row != null && OutcomeGroup.numberOf(row.row()) == group; row = next) {
                into.add(row);
                advance();
            }
        }
    }

    /** Rows that share lines. Stands on the line that comes next. */
    private final class Packed {
        private final ResultSet lines;
        private boolean more;

        Packed(ResultSet lines) throws SQLException {
            this.lines = lines;
            more = lines.next();
        }

        long group() throws SQLException {
            return more ? OutcomeGroup.numberOf(lines.getLong(1)) : Long.MAX_VALUE;
        }

        /** Returns whether they are to be sorted in. */
        boolean take(long group, List<RowOutcome> into) throws SQLException {
            boolean others = !into.isEmpty();
            int packs = 0;
            for (; group() == group; more = lines.next()) {
                forEachIn(lines, into::add);
                packs++;
            }
            return packs > 1 || (others && packs > 0);
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
        int status = (int) code & 3;
        return status == 2
                ? failed(line.getString(5), line.getString(6))
                : outcome(status, category, confidence(line, code), source);
    }

    private Outcome outcome(long status, long category, OptionalDouble confidence, long source) throws SQLException {
        if (status == 0) {
            return categorized(category, confidence, sources.name((int) source));
        }
        return status == 1 ? new Outcome.Unmatched(confidence, sources.name((int) source)) : new Outcome.Skipped();
    }

    private void forEachIn(ResultSet pack, Consumer<RowOutcome> consumer) throws SQLException {
        long firstRow = pack.getLong(1);
        PackText.read(text(pack), numbers -> consumer.accept(decode(firstRow, numbers)));
    }

    private static String text(ResultSet pack) throws SQLException {
        String text = pack.getString(2);
        if (text == null) {
            throw new DamagedException("packed outcomes are missing");
        }
        return text;
    }

    private RowOutcome decode(long firstRow, long[] numbers) throws SQLException {
        try {
            Outcome outcome = outcome(numbers[1], numbers[2], PackText.toConfidence(numbers[3]), numbers[4]);
            return new RowOutcome(firstRow + numbers[0], outcome, (int) numbers[5], (int) numbers[6]);
        } catch (IllegalArgumentException e) {
            throw new DamagedException("a packed outcome is not readable", e);
        }
    }

    private static Outcome failed(@Nullable String cause, @Nullable String message) throws DamagedException {
        if (cause == null || message == null) {
            throw new DamagedException("the cause of a failure is missing");
        }
        return new Outcome.Failed(FailureCause.valueOf(cause), message);
    }

    private Outcome categorized(long ordinal, OptionalDouble confidence, String source) throws DamagedException {
        String category = category(ordinal);
        Outcome.Categorized known = latest[(int) ordinal];
        if (known != null && known.source().equals(source) && known.confidence().equals(confidence)) {
            return known;
        }
        Outcome.Categorized outcome = new Outcome.Categorized(category, confidence, source);
        latest[(int) ordinal] = outcome;
        return outcome;
    }

    private String category(long ordinal) throws DamagedException {
        if (ordinal < 0 || ordinal >= categories.size()) {
            throw new DamagedException("category " + ordinal + " is unknown");
        }
        return categories.get((int) ordinal);
    }

    private static OptionalDouble confidence(ResultSet line, long code) throws SQLException {
        return (code & 4) == 0 ? OptionalDouble.empty() : OptionalDouble.of(line.getDouble(4));
    }
}

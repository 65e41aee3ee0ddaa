package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Outcomes of rows of one group in a single line: a hundredth of the work of a line for each. Only for outcomes that came together;
 * failures, which have their own table, are never packed. Not thread-safe; lives as long as a transaction.
 */
final class OutcomePacks implements AutoCloseable {
    /** Fewer than these are not worth the reading of a whole pack when one of them is asked for. */
    static final int LEAST_ROWS = 32;

    private static final String UNPACK = "INSERT INTO outcome SELECT pack.job,"
            + " pack.first_row + json_extract(packed.value, '$[0]'), json_extract(packed.value, '$[1]'),"
            + " json_extract(packed.value, '$[2]'), json_extract(packed.value, '$[3]') / 1152921504606846976.0,"
            + " json_extract(packed.value, '$[4]'), json_extract(packed.value, '$[5]'), json_extract(packed.value, '$[6]')"
            + " FROM outcome_pack AS pack, json_each(pack.outcomes) AS packed"
            + " WHERE pack.job = ? AND pack.first_row BETWEEN ? AND ?";

    private final Connection connection;
    private final long job;
    private final Repeated insert;

    OutcomePacks(Connection connection, long job) {
        this.connection = connection;
        this.job = job;
        this.insert = new Repeated(connection, "INSERT INTO outcome_pack VALUES (?, ?, ?)");
    }

    /**
     * Writes what can be packed.
     *
     * @param outcomes rows of one group that have no outcome yet, in row order
     * @param ordinals of the categories
     * @return those that cannot, or all of them if they are too few
     */
    List<RowOutcome> write(List<RowOutcome> outcomes, Map<String, Integer> ordinals, Sources sources)
            throws SQLException {
        if (outcomes.size() < LEAST_ROWS) {
            return outcomes;
        }
        List<RowOutcome> rest = new ArrayList<>();
        PackText text = new PackText();
        long firstRow = 0;
        for (RowOutcome row : outcomes) {
            if (canBePacked(row.outcome())) {
                firstRow = firstRow == 0 ? row.row() : firstRow;
                text.add(numbers(row, firstRow, ordinals, sources));
            } else {
                rest.add(row);
            }
        }
        if (firstRow > 0) {
            insert.with(job, firstRow, text.finish()).executeUpdate();
        }
        return rest;
    }

    private static boolean canBePacked(Outcome outcome) {
        return !(outcome instanceof Outcome.Failed) && PackText.isExact(confidence(outcome));
    }

    private long[] numbers(RowOutcome row, long firstRow, Map<String, Integer> ordinals, Sources sources)
            throws SQLException {
        long status = 3;
        long category = PackText.NONE;
        long source = PackText.NONE;
        if (row.outcome() instanceof Outcome.Categorized o) {
            status = 0;
            category = ordinals.getOrDefault(o.category(), -1);
            source = sources.ordinal(connection, job, o.source());
        } else if (row.outcome() instanceof Outcome.Unmatched o) {
            status = 1;
            source = sources.ordinal(connection, job, o.source());
        }
        long confidence = PackText.ofConfidence(confidence(row.outcome()));
        return new long[] {row.row() - firstRow, status, category, confidence, source, row.subBatch(), row.attempts()};
    }

    private static OptionalDouble confidence(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized o) {
            return o.confidence();
        }
        return outcome instanceof Outcome.Unmatched o ? o.confidence() : OptionalDouble.empty();
    }

    /** Adds the rows of a group that are packed. */
    void addRows(long group, BitSet rows) throws SQLException {
        long firstOfGroup = OutcomeGroup.firstRow(group);
        Sql.forEach(
                connection,
                "SELECT first_row, outcomes FROM outcome_pack WHERE job = ? AND first_row BETWEEN ? AND ?",
                line -> {
                    long firstRow = line.getLong(1);
                    PackText.read(
                            Sql.text(line, "outcomes"),
                            numbers -> rows.set(placeInGroup(firstRow + numbers[0] - firstOfGroup)));
                },
                job,
                firstOfGroup,
                OutcomeGroup.lastRow(group));
    }

    private static int placeInGroup(long place) throws DamagedException {
        if (place < 0 || place >= OutcomeGroup.ROWS) {
            throw new DamagedException("a packed row is not of its group");
        }
        return (int) place;
    }

    /** Gives each row of a group its own line, so that it can be removed. To be called when the group was read, and adds up. */
    static void unpack(Connection connection, long job, long group) throws SQLException {
        long firstRow = OutcomeGroup.firstRow(group);
        long lastRow = OutcomeGroup.lastRow(group);
        Sql.update(connection, UNPACK, job, firstRow, lastRow);
        Sql.update(
                connection,
                "DELETE FROM outcome_pack WHERE job = ? AND first_row BETWEEN ? AND ?",
                job,
                firstRow,
                lastRow);
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}

package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What up to {@link #ROWS} neighbouring rows add up to; a line in {@code outcome_group}. Immutable.
 *
 * @param number of the group, from 0
 * @param counts of its outcomes
 * @param checksum sum of their checksums: the order in which they came does not matter
 */
record OutcomeGroup(long number, Counts counts, long checksum) {
    static final int ROWS = 256;
    /** What {@link #decode} reads, by place: to look columns up by name costs more than to read them. */
    static final String COLUMNS = "number, categorized, unmatched, failed, skipped, checksum";

    /** Numbers of all groups of a job that hold something, in order. */
    static List<Long> numbers(Connection connection, long job) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        Sql.forEach(
                connection,
                "SELECT number FROM outcome_group WHERE job = ? ORDER BY number",
                line -> numbers.add(line.getLong(1)),
                job);
        return numbers;
    }

    static OutcomeGroup empty(long number) {
        return new OutcomeGroup(number, Counts.NONE, 0);
    }

    static long numberOf(long row) {
        return (row - 1) / ROWS;
    }

    static long firstRow(long number) {
        return number * ROWS + 1;
    }

    static long lastRow(long number) {
        return firstRow(number) + ROWS - 1;
    }

    boolean isEmpty() {
        return counts.equals(Counts.NONE) && checksum == 0;
    }

    /** What outcomes of one group add up to; the same as adding one after the other, without an object for each. */
    static OutcomeGroup of(long number, List<RowOutcome> outcomes, TextSums texts) {
        long[] statuses = new long[4];
        long checksum = 0;
        for (RowOutcome row : outcomes) {
            statuses[status(row.outcome())]++;
            checksum += Checksum.of(row, texts);
        }
        return new OutcomeGroup(number, new Counts(statuses[0], statuses[1], statuses[2], statuses[3]), checksum);
    }

    private static int status(Outcome outcome) {
        if (outcome instanceof Outcome.Categorized) {
            return 0;
        } else if (outcome instanceof Outcome.Unmatched) {
            return 1;
        }
        return outcome instanceof Outcome.Failed ? 2 : 3;
    }

    OutcomeGroup plus(RowOutcome outcome) {
        return new OutcomeGroup(number, counts.plus(outcome.outcome()), checksum + Checksum.of(outcome));
    }

    OutcomeGroup plus(OutcomeGroup other) {
        return new OutcomeGroup(number, counts.plus(other.counts), checksum + other.checksum);
    }

    OutcomeGroup minus(OutcomeGroup other) {
        Counts rest = new Counts(
                counts.categorized() - other.counts.categorized(),
                counts.unmatched() - other.counts.unmatched(),
                counts.failed() - other.counts.failed(),
                counts.skipped() - other.counts.skipped());
        return new OutcomeGroup(number, rest, checksum - other.checksum);
    }

    /** A statement for {@link #read}. */
    static Repeated reading(Connection connection) {
        return new Repeated(connection, "SELECT " + COLUMNS + " FROM outcome_group WHERE job = ? AND number = ?");
    }

    static OutcomeGroup read(Repeated reading, long job, long number) throws SQLException {
        try (ResultSet lines = reading.with(job, number).executeQuery()) {
            return lines.next() ? decode(lines) : empty(number);
        }
    }

    /** Of a line with the {@link #COLUMNS}. */
    static OutcomeGroup decode(ResultSet line) throws SQLException {
        Counts counts = new Counts(line.getLong(2), line.getLong(3), line.getLong(4), line.getLong(5));
        return new OutcomeGroup(line.getLong(1), counts, line.getLong(6));
    }

    /** A statement for {@link #write}. */
    static Repeated writing(Connection connection) {
        return new Repeated(
                connection,
                "INSERT INTO outcome_group VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job, number) DO UPDATE SET"
                        + " categorized = excluded.categorized, unmatched = excluded.unmatched,"
                        + " failed = excluded.failed, skipped = excluded.skipped, checksum = excluded.checksum");
    }

    void write(Repeated writing, long job) throws SQLException {
        writing.with(job, number, counts.categorized(), counts.unmatched(), counts.failed(), counts.skipped(), checksum)
                .executeUpdate();
    }

    void write(Connection connection, long job) throws SQLException {
        try (Repeated writing = writing(connection)) {
            write(writing, job);
        }
    }
}

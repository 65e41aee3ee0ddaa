package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Records outcomes, and adds them to their groups and to the ledger. Not thread-safe; lives as long as a transaction. */
final class OutcomeWriter implements AutoCloseable {
    /** Measured: statements with 64 lines take half the time of a batch of statements with one. */
    private static final int LINES = 64;

    private static final int VALUES = 7;

    private final Connection connection;
    private final long job;
    private final Map<String, Integer> categories;
    private final Sources sources;
    private final OutcomePacks packs;
    private final Repeated readGroup;
    private final Repeated writeGroup;
    private final TextSums texts = new TextSums();

    OutcomeWriter(Connection connection, long job, Map<String, Integer> categories) throws SQLException {
        this.connection = connection;
        this.job = job;
        this.categories = categories;
        this.sources = new Sources(connection, job);
        this.packs = new OutcomePacks(connection, job);
        this.readGroup = OutcomeGroup.reading(connection);
        this.writeGroup = OutcomeGroup.writing(connection);
    }

    /** Records those whose row has no outcome yet. */
    void record(Collection<RowOutcome> outcomes) throws SQLException {
        List<RowOutcome> sorted = new ArrayList<>(outcomes);
        sorted.sort(Comparator.comparingLong(RowOutcome::row));
        List<RowOutcome> single = new ArrayList<>();
        OutcomeGroup all = OutcomeGroup.empty(0);
        for (int from = 0; from < sorted.size(); ) {
            long number = OutcomeGroup.numberOf(sorted.get(from).row());
            int to = from;
            while (to < sorted.size() && OutcomeGroup.numberOf(sorted.get(to).row()) == number) {
                to++;
            }
            all = all.plus(addToGroup(number, sorted.subList(from, to), single));
            from = to;
        }
        insert(single);
        insertFailures(single);
        Ledger ledger = Ledger.read(connection, job);
        ledger.withRows(ledger.counts().plus(all.counts()), ledger.outcomes() + all.checksum())
                .write(connection, job);
    }

    /** Picks the rows that are new, adds them to their group, and packs those that can be; the others need a line each. */
    private OutcomeGroup addToGroup(long number, List<RowOutcome> given, List<RowOutcome> single) throws SQLException {
        List<RowOutcome> fresh = new ArrayList<>(given.size());
        OutcomeGroup group = OutcomeGroup.read(readGroup, job, number);
        BitSet seen = group.isEmpty() ? new BitSet(OutcomeGroup.ROWS) : recorded(number);
        for (RowOutcome outcome : given) {
            int place = (int) (outcome.row() - OutcomeGroup.firstRow(number));
            if (!seen.get(place)) {
                seen.set(place);
                fresh.add(Storable.of(outcome));
            }
        }
        OutcomeGroup added = OutcomeGroup.of(number, fresh, texts);
        single.addAll(packs.write(fresh, categories, sources));
        group.plus(added).write(writeGroup, job);
        return added;
    }

    /** Which rows of a group have an outcome. */
    private BitSet recorded(long number) throws SQLException {
        BitSet rows = new BitSet(OutcomeGroup.ROWS);
        long firstRow = OutcomeGroup.firstRow(number);
        Sql.forEach(
                connection,
                "SELECT row FROM outcome WHERE job = ? AND row BETWEEN ? AND ?",
                line -> rows.set((int) (line.getLong(1) - firstRow)),
                job,
                firstRow,
                OutcomeGroup.lastRow(number));
        packs.addRows(number, rows);
        return rows;
    }

    private void insert(List<RowOutcome> outcomes) throws SQLException {
        int whole = outcomes.size() - outcomes.size() % LINES;
        insert(outcomes.subList(0, whole), LINES);
        insert(outcomes.subList(whole, outcomes.size()), 1);
    }

    private void insert(List<RowOutcome> outcomes, int lines) throws SQLException {
        if (outcomes.isEmpty()) {
            return;
        }
        String values = String.join(",", Collections.nCopies(lines, "(" + job + ", ?, ?, ?, ?, ?, ?, ?)"));
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO outcome VALUES " + values)) {
            for (int i = 0; i < outcomes.size(); i++) {
                bind(statement, i % lines * VALUES, outcomes.get(i));
                if (i % lines == lines - 1) {
                    statement.executeUpdate();
                }
            }
        }
    }

    private void bind(PreparedStatement statement, int at, RowOutcome row) throws SQLException {
        statement.setLong(at + 1, row.row());
        Outcome outcome = row.outcome();
        if (outcome instanceof Outcome.Categorized o) {
            statement.setInt(at + 2, 0);
            statement.setInt(at + 3, categories.getOrDefault(o.category(), -1));
            bindAnswer(statement, at, o.confidence(), o.source());
        } else if (outcome instanceof Outcome.Unmatched o) {
            statement.setInt(at + 2, 1);
            statement.setNull(at + 3, Types.INTEGER);
            bindAnswer(statement, at, o.confidence(), o.source());
        } else {
            statement.setInt(at + 2, outcome instanceof Outcome.Failed ? 2 : 3);
            statement.setNull(at + 3, Types.INTEGER);
            statement.setNull(at + 4, Types.REAL);
            statement.setNull(at + 5, Types.INTEGER);
        }
        statement.setInt(at + 6, row.subBatch());
        statement.setInt(at + 7, row.attempts());
    }

    private void bindAnswer(PreparedStatement statement, int at, OptionalDouble confidence, String source)
            throws SQLException {
        if (confidence.isPresent()) {
            statement.setDouble(at + 4, confidence.getAsDouble());
        } else {
            statement.setNull(at + 4, Types.REAL);
        }
        statement.setInt(at + 5, sources.ordinal(connection, job, source));
    }

    private void insertFailures(List<RowOutcome> outcomes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO failure VALUES (?, ?, ?, ?)")) {
            for (RowOutcome row : outcomes) {
                if (row.outcome() instanceof Outcome.Failed failed) {
                    statement.setLong(1, job);
                    statement.setLong(2, row.row());
                    statement.setString(3, failed.cause().name());
                    statement.setString(4, failed.message());
                    statement.executeUpdate();
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (readGroup;
                writeGroup;
                packs) {
            // Nothing else: all are closed, whichever of them fails.
        }
    }
}

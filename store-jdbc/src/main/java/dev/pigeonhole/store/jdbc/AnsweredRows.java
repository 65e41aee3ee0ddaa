package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Forgets all that a categorizer gave, and what was made of it. Lives as long as a transaction. */
final class AnsweredRows {
    private final Connection connection;
    private final long job;
    private final OutcomeReader reader;

    AnsweredRows(Connection connection, long job, List<String> categories) throws SQLException {
        this.connection = connection;
        this.job = job;
        this.reader = new OutcomeReader(connection, job, categories);
    }

    /** Returns how many rows were forgotten. */
    long reopen() throws SQLException {
        OutcomeGroup all = OutcomeGroup.empty(0);
        OutcomeGroup kept = OutcomeGroup.empty(0);
        for (long number : OutcomeGroup.numbers(connection, job)) {
            // The rows are deleted on the way: they must be off the cursor first.
            List<RowOutcome> outcomes = new ArrayList<>();
            all = all.plus(reader.readGroup(number, outcomes));
            kept = kept.plus(forget(number, outcomes));
        }
        Ledger ledger = Ledger.read(connection, job);
        if (!all.equals(new OutcomeGroup(0, ledger.counts(), ledger.outcomes()))) {
            throw new DamagedException("the rows do not add up to the ledger");
        }
        ledger.withRows(kept.counts(), kept.checksum()).write(connection, job);
        new Batches(connection, job).removeAll();
        try (Calls calls = new Calls(connection, job)) {
            calls.unsettle();
            calls.finish();
        }
        Counts gone = all.minus(kept).counts();
        return gone.total();
    }

    /** Returns what is kept of a group. */
    private OutcomeGroup forget(long number, List<RowOutcome> outcomes) throws SQLException {
        OutcomePacks.unpack(connection, job, number);
        OutcomeGroup kept = OutcomeGroup.empty(number);
        for (RowOutcome outcome : outcomes) {
            if (!outcome.isAnswered()) {
                kept = kept.plus(outcome);
            } else if (outcome.outcome() instanceof Outcome.Failed) {
                Sql.update(connection, "DELETE FROM outcome WHERE job = ? AND row = ?", job, outcome.row());
                Sql.update(connection, "DELETE FROM failure WHERE job = ? AND row = ?", job, outcome.row());
            }
        }
        Sql.update(
                connection,
                "DELETE FROM outcome WHERE job = ? AND row BETWEEN ? AND ? AND status IN (0, 1)"
                        + " AND source IS NOT (SELECT ordinal FROM source WHERE job = ? AND name = ?)",
                job,
                OutcomeGroup.firstRow(number),
                OutcomeGroup.lastRow(number),
                job,
                RowOutcome.HUMAN);
        kept.write(connection, job);
        return kept;
    }
}

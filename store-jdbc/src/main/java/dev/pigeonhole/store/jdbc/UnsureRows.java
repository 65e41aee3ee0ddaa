package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Forgets categories that were given with too little confidence. Lives as long as a transaction. */
final class UnsureRows {
    private final Connection connection;
    private final long job;
    private final OutcomeReader reader;

    UnsureRows(Connection connection, long job, List<String> categories) throws SQLException {
        this.connection = connection;
        this.job = job;
        this.reader = new OutcomeReader(connection, job, categories);
    }

    /** Returns how many rows were forgotten. */
    long reopen(String source, double confidence) throws SQLException {
        ForgottenRows forgotten = new ForgottenRows(connection, job);
        for (long number : OutcomeGroup.numbers(connection, job)) {
            // The rows are deleted on the way: they must be off the cursor first.
            List<RowOutcome> outcomes = new ArrayList<>();
            OutcomeGroup group = reader.readGroup(number, outcomes);
            forgotten.add(
                    group,
                    outcomes.stream()
                            .filter(row -> row.isUnsure(source, confidence))
                            .toList());
        }
        return forgotten.finish();
    }
}

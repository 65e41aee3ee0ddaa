package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Failed rows: finding them, and forgetting those that can be asked again. Lives as long as a transaction. */
final class Failures {
    private final Connection connection;
    private final long job;
    private final OutcomeReader reader;

    Failures(Connection connection, long job, List<String> categories) throws SQLException {
        this.connection = connection;
        this.job = job;
        this.reader = new OutcomeReader(connection, job, categories);
    }

    void forEach(Consumer<RowOutcome> consumer) throws SQLException {
        forEachGroup((group, outcomes) -> {
            for (RowOutcome outcome : outcomes) {
                if (outcome.outcome() instanceof Outcome.Failed) {
                    consumer.accept(outcome);
                }
            }
        });
    }

    /** Returns how many rows were forgotten. */
    long reopen() throws SQLException {
        ForgottenRows forgotten = new ForgottenRows(connection, job);
        forEachGroup((group, outcomes) -> forgotten.add(
                group, outcomes.stream().filter(Failures::canBeAskedAgain).toList()));
        return forgotten.finish();
    }

    private static boolean canBeAskedAgain(RowOutcome row) {
        return row.outcome() instanceof Outcome.Failed failed && failed.cause().canAskAgain();
    }

    /** Reads only groups that hold failures. A group lost to damage is noticed: the ledger knows how many there are. */
    private void forEachGroup(OutcomeReader.GroupConsumer consumer) throws SQLException {
        long missing = Ledger.read(connection, job).counts().failed();
        for (long number : numbersOfGroups()) {
            // The rows are deleted on the way: they must be off the cursor first.
            List<RowOutcome> outcomes = new ArrayList<>();
            OutcomeGroup sum = reader.readGroup(number, outcomes);
            consumer.see(sum, outcomes);
            missing -= sum.counts().failed();
        }
        if (missing != 0) {
            throw new DamagedException(missing + " failed rows are missing");
        }
    }

    private List<Long> numbersOfGroups() throws SQLException {
        List<Long> numbers = new ArrayList<>();
        Sql.forEach(
                connection,
                "SELECT number FROM outcome_group WHERE job = ? AND failed > 0 ORDER BY number",
                line -> numbers.add(line.getLong(1)),
                job);
        return numbers;
    }
}

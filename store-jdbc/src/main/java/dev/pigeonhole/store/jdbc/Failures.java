package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
        NavigableMap<Long, FinishedBatch> batches = new TreeMap<>();
        new Batches(connection, job).forEach(batch -> batches.put(batch.firstRow(), batch));
        Set<Integer> touched = new TreeSet<>();
        List<OutcomeGroup> forgotten = new ArrayList<>(List.of(OutcomeGroup.empty(0)));
        forEachGroup((group, outcomes) -> {
            OutcomeGroup gone = OutcomeGroup.empty(group.number());
            for (RowOutcome outcome : outcomes) {
                if (outcome.outcome() instanceof Outcome.Failed failed
                        && failed.cause().canAskAgain()) {
                    gone = gone.plus(outcome);
                    forget(outcome.row());
                    addBatchOf(outcome.row(), batches, touched);
                }
            }
            group.minus(gone).write(connection, job);
            forgotten.set(0, forgotten.get(0).plus(gone));
        });
        OutcomeGroup all = forgotten.get(0);
        Ledger ledger = Ledger.read(connection, job);
        OutcomeGroup left = new OutcomeGroup(0, ledger.counts(), ledger.outcomes()).minus(all);
        ledger.withRows(left.counts(), left.checksum()).write(connection, job);
        for (int number : touched) {
            new Batches(connection, job).remove(number);
        }
        return all.counts().failed();
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

    private void forget(long row) throws SQLException {
        Sql.update(connection, "DELETE FROM outcome WHERE job = ? AND row = ?", job, row);
        Sql.update(connection, "DELETE FROM failure WHERE job = ? AND row = ?", job, row);
    }

    private static void addBatchOf(long row, NavigableMap<Long, FinishedBatch> batches, Set<Integer> touched) {
        Map.Entry<Long, FinishedBatch> entry = batches.floorEntry(row);
        if (entry != null && row <= entry.getValue().lastRow()) {
            touched.add(entry.getValue().number());
        }
    }
}

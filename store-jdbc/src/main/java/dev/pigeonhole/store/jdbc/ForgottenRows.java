package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes rows out of a job, and the batches that hold them. Lives as long as a transaction. */
final class ForgottenRows {
    private final Connection connection;
    private final long job;
    private final NavigableMap<Long, FinishedBatch> batches = new TreeMap<>();
    private final Set<Integer> touched = new TreeSet<>();
    private OutcomeGroup all = OutcomeGroup.empty(0);

    ForgottenRows(Connection connection, long job) throws SQLException {
        this.connection = connection;
        this.job = job;
        new Batches(connection, job).forEach(batch -> batches.put(batch.firstRow(), batch));
    }

    /** Forgets rows of a group, which they were read with. */
    void add(OutcomeGroup group, List<RowOutcome> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        OutcomePacks.unpack(connection, job, group.number());
        OutcomeGroup gone = OutcomeGroup.empty(group.number());
        for (RowOutcome row : rows) {
            gone = gone.plus(row);
            Sql.update(connection, "DELETE FROM outcome WHERE job = ? AND row = ?", job, row.row());
            Sql.update(connection, "DELETE FROM failure WHERE job = ? AND row = ?", job, row.row());
            addBatchOf(row.row());
        }
        group.minus(gone).write(connection, job);
        all = all.plus(gone);
    }

    private void addBatchOf(long row) {
        Map.Entry<Long, FinishedBatch> entry = batches.floorEntry(row);
        if (entry != null && row <= entry.getValue().lastRow()) {
            touched.add(entry.getValue().number());
        }
    }

    /** Takes them out of the ledger too, and returns how many there were. */
    long finish() throws SQLException {
        Ledger ledger = Ledger.read(connection, job);
        OutcomeGroup left = new OutcomeGroup(0, ledger.counts(), ledger.outcomes()).minus(all);
        ledger.withRows(left.counts(), left.checksum()).write(connection, job);
        for (int number : touched) {
            new Batches(connection, job).remove(number);
        }
        return all.counts().total();
    }
}

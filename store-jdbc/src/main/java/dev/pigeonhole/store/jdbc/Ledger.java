package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.checkpoint.Counts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A job's line in {@code ledger}: what its rows and its batches add up to. Immutable.
 *
 * @param counts of all rows
 * @param outcomes sum of the checksums of all outcomes
 * @param batches how many finished batches there are
 * @param batchSeals sum of their seals
 */
record Ledger(Counts counts, long outcomes, long batches, long batchSeals) {
    static final Ledger EMPTY = new Ledger(Counts.NONE, 0, 0, 0);

    Ledger withRows(Counts now, long checksums) {
        return new Ledger(now, checksums, batches, batchSeals);
    }

    Ledger withBatch(int more, long seal) {
        return new Ledger(counts, outcomes, batches + more, batchSeals + seal);
    }

    static Ledger read(Connection connection, long job) throws SQLException {
        Ledger found = Sql.first(connection, "SELECT * FROM ledger WHERE job = ?", line -> verified(job, line), job);
        if (found == null) {
            throw new DamagedException("the ledger of job number " + job + " is missing");
        }
        return found;
    }

    private static Ledger verified(long job, ResultSet line) throws SQLException {
        Ledger ledger = new Ledger(
                counts(line), line.getLong("outcomes"), line.getLong("batches"), line.getLong("batch_seals"));
        if (line.getLong("seal") != ledger.seal(job)) {
            throw new DamagedException("the ledger of job number " + job + " was altered");
        }
        return ledger;
    }

    static Counts counts(ResultSet line) throws SQLException {
        return new Counts(
                line.getLong("categorized"),
                line.getLong("unmatched"),
                line.getLong("failed"),
                line.getLong("skipped"));
    }

    void write(Connection connection, long job) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job) DO UPDATE SET"
                        + " categorized = excluded.categorized, unmatched = excluded.unmatched,"
                        + " failed = excluded.failed, skipped = excluded.skipped, outcomes = excluded.outcomes,"
                        + " batches = excluded.batches, batch_seals = excluded.batch_seals, seal = excluded.seal",
                job,
                counts.categorized(),
                counts.unmatched(),
                counts.failed(),
                counts.skipped(),
                outcomes,
                batches,
                batchSeals,
                seal(job));
    }

    private long seal(long job) {
        return new Checksum()
                .add(job)
                .add(counts)
                .add(outcomes)
                .add(batches)
                .add(batchSeals)
                .value();
    }
}

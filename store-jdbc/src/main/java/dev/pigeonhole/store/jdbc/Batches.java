package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.FinishedBatch;
import dev.pigeonhole.core.checkpoint.PublishedFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The finished batches of a job, in the table {@code batch}. Stateless but for the names of its connection and job. */
final class Batches {
    private final Connection connection;
    private final long job;

    Batches(Connection connection, long job) {
        this.connection = connection;
        this.job = job;
    }

    Optional<FinishedBatch> startingAt(long row) throws SQLException {
        return Optional.ofNullable(Sql.first(
                connection,
                "SELECT * FROM batch WHERE job = ? AND first_row = ? ORDER BY number",
                this::verified,
                job,
                row));
    }

    void forEach(Consumer<FinishedBatch> consumer) throws SQLException {
        forEach("number", consumer);
    }

    /** Finds out whether a batch is missing, from the table or from the index by first row. */
    void verify() throws SQLException {
        forEach("first_row", batch -> {});
    }

    private void forEach(String order, Consumer<FinishedBatch> consumer) throws SQLException {
        long[] seen = new long[2];
        Sql.forEach(
                connection,
                "SELECT * FROM batch WHERE job = ? ORDER BY " + order,
                line -> {
                    FinishedBatch batch = verified(line);
                    seen[0]++;
                    seen[1] += seal(batch);
                    consumer.accept(batch);
                },
                job);
        Ledger ledger = Ledger.read(connection, job);
        if (ledger.batches() != seen[0] || ledger.batchSeals() != seen[1]) {
            throw new DamagedException("of " + ledger.batches() + " finished batches, " + seen[0] + " are there");
        }
    }

    /** Adds a batch, in place of the one that had its number. */
    void put(FinishedBatch batch) throws SQLException {
        remove(batch.number());
        Counts counts = batch.counts();
        Sql.update(
                connection,
                "INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                job,
                batch.number(),
                batch.firstRow(),
                counts.categorized(),
                counts.unmatched(),
                counts.failed(),
                counts.skipped(),
                batch.file().bytes(),
                batch.file().sha256(),
                seal(batch));
        Ledger.read(connection, job).withBatch(1, seal(batch)).write(connection, job);
    }

    void remove(int number) throws SQLException {
        @Nullable
        FinishedBatch old =
                Sql.first(connection, "SELECT * FROM batch WHERE job = ? AND number = ?", this::verified, job, number);
        if (old != null) {
            Sql.update(connection, "DELETE FROM batch WHERE job = ? AND number = ?", job, number);
            Ledger.read(connection, job).withBatch(-1, -seal(old)).write(connection, job);
        }
    }

    void removeAll() throws SQLException {
        forEach(batch -> {});
        Sql.update(connection, "DELETE FROM batch WHERE job = ?", job);
        Ledger ledger = Ledger.read(connection, job);
        ledger.withBatch((int) -ledger.batches(), -ledger.batchSeals()).write(connection, job);
    }

    private FinishedBatch verified(ResultSet line) throws SQLException {
        Counts counts = Ledger.counts(line);
        FinishedBatch batch = new FinishedBatch(
                line.getInt("number"),
                line.getLong("first_row"),
                counts,
                new PublishedFile(counts.total(), line.getLong("bytes"), Sql.text(line, "sha256")));
        if (line.getLong("seal") != seal(batch)) {
            throw new DamagedException("batch " + batch.number() + " was altered");
        }
        return batch;
    }

    private long seal(FinishedBatch batch) {
        return new Checksum()
                .add(job)
                .add(batch.number())
                .add(batch.firstRow())
                .add(batch.counts())
                .add(batch.file().bytes())
                .add(batch.file().sha256())
                .value();
    }
}

package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of rows before a person changed them, in the table {@code original}. Not thread-safe; lives as long as a
 * transaction.
 */
final class Originals {
    private final Connection connection;
    private final long job;
    private final List<String> categories;

    Originals(Connection connection, long job, List<String> categories) {
        this.connection = connection;
        this.job = job;
        this.categories = categories;
    }

    /** All of them by row. */
    Map<Long, Outcome> all(Judging judging) throws SQLException {
        Map<Long, Outcome> found = new HashMap<>();
        long[] seals = {0};
        if (judging.originals() != 0) {
            Sql.forEach(
                    connection,
                    "SELECT * FROM original WHERE job = ?",
                    line -> {
                        found.put(line.getLong("row"), verified(line));
                        seals[0] += line.getLong("seal");
                    },
                    job);
        }
        if (found.size() != judging.originals() || seals[0] != judging.originalSeals()) {
            throw new DamagedException("of " + judging.originals() + " replaced outcomes of job number " + job + ", "
                    + found.size() + " are as they were");
        }
        return found;
    }

    /** Keeps an outcome, and returns what all add up to then. */
    Judging put(long row, Outcome outcome, Judging judging) throws SQLException {
        Outcome.@Nullable Categorized categorized = outcome instanceof Outcome.Categorized o ? o : null;
        Outcome.@Nullable Unmatched unmatched = outcome instanceof Outcome.Unmatched o ? o : null;
        Outcome.@Nullable Failed failed = outcome instanceof Outcome.Failed o ? o : null;
        OptionalDouble confidence = categorized != null
                ? categorized.confidence()
                : unmatched != null ? unmatched.confidence() : OptionalDouble.empty();
        Sql.update(
                connection,
                "INSERT INTO original VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                job,
                row,
                RowCode.status(RowStatus.of(outcome)),
                categorized == null ? null : Integer.valueOf(categories.indexOf(categorized.category())),
                confidence.isPresent() ? confidence.getAsDouble() : null,
                categorized != null ? categorized.source() : unmatched != null ? unmatched.source() : null,
                failed == null ? null : failed.cause().name(),
                failed == null ? null : failed.message(),
                seal(row, outcome));
        return judging.withOriginal(1, seal(row, outcome));
    }

    /** Forgets an outcome, which was among {@link #all}. */
    Judging remove(long row, Outcome outcome, Judging judging) throws SQLException {
        Sql.update(connection, "DELETE FROM original WHERE job = ? AND row = ?", job, row);
        return judging.withOriginal(-1, seal(row, outcome));
    }

    private Outcome verified(ResultSet line) throws SQLException {
        Outcome outcome;
        try {
            outcome = decode(line);
        } catch (RuntimeException e) {
            throw new DamagedException("a replaced outcome of job number " + job + " is not readable", e);
        }
        if (line.getLong("seal") != seal(line.getLong("row"), outcome)) {
            throw new DamagedException("a replaced outcome of job number " + job + " was altered");
        }
        return outcome;
    }

    private Outcome decode(ResultSet line) throws SQLException {
        double number = line.getDouble("confidence");
        OptionalDouble confidence = line.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(number);
        return switch (line.getInt("status")) {
            case 0 ->
                new Outcome.Categorized(categories.get(line.getInt("category")), confidence, Sql.text(line, "source"));
            case 1 -> new Outcome.Unmatched(confidence, Sql.text(line, "source"));
            case 2 -> new Outcome.Failed(FailureCause.valueOf(Sql.text(line, "cause")), Sql.text(line, "message"));
            case 3 -> new Outcome.Skipped();
            default -> throw new DamagedException("the status of a replaced outcome is unknown");
        };
    }

    private long seal(long row, Outcome outcome) {
        return new Checksum().add(job).add(row).add(outcome).value();
    }
}

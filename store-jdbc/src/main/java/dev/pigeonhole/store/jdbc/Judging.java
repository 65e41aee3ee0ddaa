package dev.pigeonhole.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A job's line in {@code judging}: what people's reviews, and the outcomes that they replaced, add up to. Immutable.
 *
 * @param reviews how many there are
 * @param reviewSeals sum of their seals
 * @param originals how many replaced outcomes are kept
 * @param originalSeals sum of their seals
 */
record Judging(long reviews, long reviewSeals, long originals, long originalSeals) {
    static final Judging NONE = new Judging(0, 0, 0, 0);

    Judging withReview(long seal) {
        return new Judging(reviews + 1, reviewSeals + seal, originals, originalSeals);
    }

    /** With one original more, or one less. */
    Judging withOriginal(int sign, long seal) {
        return new Judging(reviews, reviewSeals, originals + sign, originalSeals + sign * seal);
    }

    static Judging read(Connection connection, long job) throws SQLException {
        Judging found = Sql.first(connection, "SELECT * FROM judging WHERE job = ?", line -> verified(job, line), job);
        if (found != null) {
            return found;
        }
        Long review = Sql.first(connection, "SELECT number FROM review WHERE job = ?", line -> line.getLong(1), job);
        if (review != null) {
            throw new DamagedException("the sum of the reviews of job number " + job + " is missing");
        }
        return NONE;
    }

    private static Judging verified(long job, ResultSet line) throws SQLException {
        Judging found = new Judging(
                line.getLong("reviews"),
                line.getLong("review_seals"),
                line.getLong("originals"),
                line.getLong("original_seals"));
        if (line.getLong("seal") != found.seal(job)) {
            throw new DamagedException("the sum of the reviews of job number " + job + " was altered");
        }
        return found;
    }

    void write(Connection connection, long job) throws SQLException {
        Sql.update(
                connection,
                "INSERT OR REPLACE INTO judging VALUES (?, ?, ?, ?, ?, ?)",
                job,
                reviews,
                reviewSeals,
                originals,
                originalSeals,
                seal(job));
    }

    private long seal(long job) {
        return new Checksum()
                .add(job)
                .add(reviews)
                .add(reviewSeals)
                .add(originals)
                .add(originalSeals)
                .value();
    }
}

package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.checkpoint.Review;
import dev.pigeonhole.core.checkpoint.Verdict;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What people said of the rows of a job, in the table {@code review}. Not thread-safe; lives as long as a transaction. */
final class ReviewLines {
    private static final String COLUMNS =
            "SELECT number, row, verdict, category, at, undoes, seal FROM review r WHERE job = ?";
    private static final String UNDOABLE = COLUMNS
            + " AND undoes IS NULL AND NOT EXISTS (SELECT 1 FROM review u WHERE u.job = r.job AND u.undoes = r.number)"
            + " ORDER BY number DESC LIMIT 1";
    private static final String BEFORE = COLUMNS + " AND row = ? AND number < ? ORDER BY number DESC LIMIT 1";

    private final Connection connection;
    private final long job;
    private final List<String> categories;

    ReviewLines(Connection connection, long job, List<String> categories) {
        this.connection = connection;
        this.job = job;
        this.categories = categories;
    }

    /** Adds a review of a row, which the caller knows to have an outcome. */
    Review add(long row, Verdict verdict, Instant at, OptionalLong undoes) throws SQLException {
        Judging judging = Judging.read(connection, job);
        Review review = new Review(judging.reviews() + 1, row, verdict, at, undoes);
        long seal = seal(review);
        Sql.update(
                connection,
                "INSERT INTO review VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                job,
                review.number(),
                row,
                kind(verdict),
                category(verdict),
                at.toEpochMilli(),
                undoes.isPresent() ? undoes.getAsLong() : null,
                seal);
        judging.withReview(seal).write(connection, job);
        return review;
    }

    /** Takes back the newest that was not taken back and takes back nothing itself. */
    Optional<Review> undo(Instant at) throws SQLException {
        Review newest = Sql.first(connection, UNDOABLE, this::verified, job);
        if (newest == null) {
            return Optional.empty();
        }
        Review before = Sql.first(connection, BEFORE, this::verified, job, newest.row(), newest.number());
        Verdict held = before == null ? new Verdict.Withdrawn() : before.verdict();
        return Optional.of(add(newest.row(), held, at, OptionalLong.of(newest.number())));
    }

    List<Review> latest(int most) throws SQLException {
        List<Review> found = new ArrayList<>();
        long[] next = {Judging.read(connection, job).reviews()};
        Sql.forEach(
                connection,
                COLUMNS + " ORDER BY number DESC LIMIT ?",
                line -> {
                    Review review = verified(line);
                    requireNumber(next[0]--, review);
                    found.add(review);
                },
                job,
                most);
        if (found.size() < most && next[0] != 0) {
            throw new DamagedException("review " + next[0] + " of job number " + job + " is missing");
        }
        return found;
    }

    /**
     * Reads those after a number.
     *
     * @param seals sum of the seals of all up to that number
     */
    void readAfter(long number, long seals, Judging judging, Consumer<Review> consumer) throws SQLException {
        long[] seen = {number, seals};
        Sql.forEach(
                connection,
                COLUMNS + " AND number > ? ORDER BY number",
                line -> {
                    Review review = verified(line);
                    requireNumber(++seen[0], review);
                    seen[1] += seal(review);
                    consumer.accept(review);
                },
                job,
                number);
        if (seen[0] != judging.reviews() || seen[1] != judging.reviewSeals()) {
            throw new DamagedException(
                    "of " + judging.reviews() + " reviews of job number " + job + ", " + seen[0] + " are as they were");
        }
    }

    private void requireNumber(long expected, Review review) throws DamagedException {
        if (review.number() != expected) {
            throw new DamagedException("review " + expected + " of job number " + job + " is missing");
        }
    }

    private Review verified(ResultSet line) throws SQLException {
        Review review;
        try {
            long undoes = line.getLong(6);
            review = new Review(
                    line.getLong(1),
                    line.getLong(2),
                    verdict(line),
                    Instant.ofEpochMilli(line.getLong(5)),
                    undoes == 0 ? OptionalLong.empty() : OptionalLong.of(undoes));
        } catch (RuntimeException e) {
            throw new DamagedException("a review of job number " + job + " is not readable", e);
        }
        if (line.getLong(7) != seal(review)) {
            throw new DamagedException("review " + review.number() + " of job number " + job + " was altered");
        }
        return review;
    }

    private Verdict verdict(ResultSet line) throws SQLException {
        return switch (line.getInt(3)) {
            case 0 -> new Verdict.Category(categories.get(line.getInt(4)));
            case 1 -> new Verdict.NoCategory();
            case 2 -> new Verdict.Confirmed();
            case 3 -> new Verdict.Withdrawn();
            default -> throw new DamagedException("a verdict of job number " + job + " is unknown");
        };
    }

    private static int kind(Verdict verdict) {
        if (verdict instanceof Verdict.Category) {
            return 0;
        } else if (verdict instanceof Verdict.NoCategory) {
            return 1;
        }
        return verdict instanceof Verdict.Confirmed ? 2 : 3;
    }

    private @Nullable Integer category(Verdict verdict) {
        return verdict instanceof Verdict.Category category
                ? Integer.valueOf(categories.indexOf(category.name()))
                : null;
    }

    private long seal(Review review) {
        Checksum sum = new Checksum()
                .add(job)
                .add(review.number())
                .add(review.row())
                .add(kind(review.verdict()))
                .add(review.at().toEpochMilli())
                .add(review.undoes().orElse(0));
        if (review.verdict() instanceof Verdict.Category category) {
            sum.add(category.name());
        }
        return sum.value();
    }
}

package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.Review;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.checkpoint.SeenRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * What people said of the rows of a job, read so far: about 150 bytes of memory for a row of which somebody has said something.
 * Only what adds up gets in. Not thread-safe.
 */
final class ReviewBook {
    private final NavigableMap<Long, Review> newest = new TreeMap<>();
    private Map<Long, Outcome> originals = Map.of();
    private Judging seen = Judging.NONE;

    /** A book of all that is there. */
    static ReviewBook read(Connection connection, long job, List<String> categories) throws SQLException {
        ReviewBook book = new ReviewBook();
        book.refresh(connection, job, categories, row -> {});
        return book;
    }

    /**
     * Reads what is new.
     *
     * @param changed told the rows that may be seen otherwise now; some twice
     */
    void refresh(Connection connection, long job, List<String> categories, LongConsumer changed) throws SQLException {
        Judging now = Judging.read(connection, job);
        if (now.equals(seen)) {
            return;
        }
        Map<Long, Outcome> before = originals;
        if (now.originals() != seen.originals() || now.originalSeals() != seen.originalSeals()) {
            originals = new Originals(connection, job, categories).all(now);
            before.keySet().forEach(changed::accept);
            originals.keySet().forEach(changed::accept);
        }
        new ReviewLines(connection, job, categories).readAfter(seen.reviews(), seen.reviewSeals(), now, review -> {
            newest.put(review.row(), review);
            changed.accept(review.row());
        });
        seen = now;
    }

    SeenRow seen(RowOutcome recorded) {
        return SeenRow.of(
                recorded,
                Optional.ofNullable(originals.get(recorded.row())),
                Optional.ofNullable(newest.get(recorded.row())));
    }

    Judging judging() {
        return seen;
    }

    boolean isEmpty() {
        return newest.isEmpty();
    }

    /** The newest review of each row that has any, by row. */
    NavigableMap<Long, Review> newest() {
        return newest;
    }

    Optional<Outcome> original(long row) {
        return Optional.ofNullable(originals.get(row));
    }
}

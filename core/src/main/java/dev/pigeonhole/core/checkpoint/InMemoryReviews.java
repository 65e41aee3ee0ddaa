package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** What people said of the rows of a job on the heap. Not thread-safe: the job is its lock. */
final class InMemoryReviews {
    private final List<Review> all = new ArrayList<>();
    private final Map<Long, Review> newest = new TreeMap<>();
    private final Map<Long, Outcome> originals = new HashMap<>();

    Review add(long row, Verdict verdict, OptionalLong undoes) {
        Review review = new Review(all.size() + 1L, row, verdict, Instant.now(), undoes);
        all.add(review);
        newest.put(row, review);
        return review;
    }

    Optional<Review> undo() {
        Set<Long> undone = new HashSet<>();
        all.forEach(review -> review.undoes().ifPresent(undone::add));
        for (int i = all.size() - 1; i >= 0; i--) {
            Review review = all.get(i);
            if (review.undoes().isEmpty() && !undone.contains(review.number())) {
                return Optional.of(add(review.row(), before(i, review.row()), OptionalLong.of(review.number())));
            }
        }
        return Optional.empty();
    }

    private Verdict before(int index, long row) {
        for (int i = index - 1; i >= 0; i--) {
            if (all.get(i).row() == row) {
                return all.get(i).verdict();
            }
        }
        return new Verdict.Withdrawn();
    }

    SeenRow seen(RowOutcome recorded) {
        return SeenRow.of(
                recorded,
                Optional.ofNullable(originals.get(recorded.row())),
                Optional.ofNullable(newest.get(recorded.row())));
    }

    void keepOriginal(long row, Optional<Outcome> original) {
        original.ifPresentOrElse(outcome -> originals.put(row, outcome), () -> originals.remove(row));
    }

    /** The newest review of each row that has any, by row. */
    Collection<Review> newest() {
        return newest.values();
    }

    List<Review> latest(int most) {
        List<Review> reviews = new ArrayList<>(all.subList(Math.max(0, all.size() - most), all.size()));
        Collections.reverse(reviews);
        return reviews;
    }
}

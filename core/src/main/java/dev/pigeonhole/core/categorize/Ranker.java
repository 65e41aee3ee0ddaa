package dev.pigeonhole.core.categorize;

import java.util.List;

/**
 * Orders the categories by how well they fit a text: a guess that costs nothing, for shortlists and for finding categories that are
 * hard to tell apart. Thread-safe. The same text always gives the same answer.
 */
@FunctionalInterface
public interface Ranker {
    /**
     * The best first.
     *
     * @param most how many at most, at least 1
     * @return fewer than {@code most} if there are fewer categories; empty if the text has nothing in common with any of them
     */
    List<Candidate> rank(String text, int most);

    /**
     * One of the categories that may fit.
     *
     * @param category its name
     * @param share from 0 to 1, how much speaks for it, compared with all others; good for ordering, calibrated only if the ranker
     *     was trained
     */
    record Candidate(String category, double share) {}
}

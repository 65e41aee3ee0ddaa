package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.FailureCause;
import java.util.Objects;
import java.util.Optional;

/**
 * Which rows of a job are meant: those of which everything here holds. What a person said of a row counts as its outcome, whether
 * it is in the output yet or not. Immutable.
 *
 * @param category name of the row's category
 * @param status kind of the row's outcome
 * @param cause why the row failed
 * @param reviewed whether a person has said something of the row that still holds
 * @param words words that the row's text has, each as the beginning of a word, in any order, whatever their case and accents; empty
 *     for all rows
 */
public record RowFilter(
        Optional<String> category,
        Optional<RowStatus> status,
        Optional<FailureCause> cause,
        Optional<Boolean> reviewed,
        String words) {
    /** All rows that have an outcome. */
    public static final RowFilter ALL =
            new RowFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "");

    public RowFilter {
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(reviewed, "reviewed");
        Objects.requireNonNull(words, "words");
    }

    public RowFilter withCategory(String name) {
        return new RowFilter(Optional.of(name), status, cause, reviewed, words);
    }

    public RowFilter withStatus(RowStatus kind) {
        return new RowFilter(category, Optional.of(kind), cause, reviewed, words);
    }

    public RowFilter withCause(FailureCause why) {
        return new RowFilter(category, status, Optional.of(why), reviewed, words);
    }

    public RowFilter withReviewed(boolean by) {
        return new RowFilter(category, status, cause, Optional.of(by), words);
    }

    public RowFilter withWords(String text) {
        return new RowFilter(category, status, cause, reviewed, text);
    }
}

package dev.pigeonhole.core.checkpoint;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * That a person said something of a row. Reviews are only ever added; the newest of a row holds. Immutable.
 *
 * @param number from 1 in each job, in the order in which they were made, without gaps
 * @param row number of the row
 * @param verdict what was said
 * @param at when
 * @param undoes number of the review that this one takes back, if it does
 */
public record Review(long number, long row, Verdict verdict, Instant at, OptionalLong undoes) {
    public Review {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(undoes, "undoes");
        if (number < 1 || row < 1) {
            throw new IllegalArgumentException("review " + number + " of row " + row);
        }
    }

    /** Whether it says something: a withdrawal only takes back. */
    public boolean holds() {
        return !(verdict instanceof Verdict.Withdrawn);
    }
}

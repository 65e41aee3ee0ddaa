package dev.pigeonhole.quality;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How well a category is recognized. Immutable.
 *
 * @param name of the category
 * @param truth judged rows that belong there
 * @param answered judged rows that were put there
 * @param right rows that belong there and were put there
 * @param unanswered rows that belong there and have no answer; the others were put elsewhere
 */
public record CategoryScore(String name, long truth, long answered, long right, long unanswered) {
    public CategoryScore {
        Objects.requireNonNull(name, "name");
        if (right < 0 || unanswered < 0 || right > answered || right + unanswered > truth) {
            throw new IllegalArgumentException(name + ": " + right + " right of " + answered + " answered and " + truth
                    + " true, " + unanswered + " unanswered");
        }
    }

    /** Of the rows that were put there, those that belong there. */
    public Proportion precision() {
        return new Proportion(right, answered);
    }

    /** Of the rows that belong there, those that were put there. */
    public Proportion recall() {
        return new Proportion(right, truth);
    }

    /**
     * The harmonic mean of precision and recall, 2 right / (truth + answered).
     *
     * <p>Source: C. J. van Rijsbergen, "Information Retrieval" (1979), chapter 7, with beta = 1.
     *
     * @return 0 if nothing is right; empty if no row belongs there and none was put there
     */
    public OptionalDouble f1() {
        return truth + answered == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(2.0 * right / ((double) truth + answered));
    }
}

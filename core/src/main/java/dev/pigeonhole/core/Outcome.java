package dev.pigeonhole.core;

import java.util.Objects;
import java.util.OptionalDouble;

/** What came of one item. Immutable. Exactly one per item, always. */
public sealed interface Outcome {

    /**
     * The item belongs to a category.
     *
     * @param category name of a category of the taxonomy, to the letter
     * @param confidence from 0 to 1, or empty when there is none worth the name
     * @param source who says so: {@code local}, a language model's name, {@code cache}, {@code human}
     */
    record Categorized(String category, OptionalDouble confidence, String source) implements Outcome {
        public Categorized {
            Objects.requireNonNull(category, "category");
            Objects.requireNonNull(source, "source");
            requireProbability(confidence);
        }
    }

    /**
     * The item was looked at and no category fits.
     *
     * @param confidence from 0 to 1, or empty when there is none worth the name
     * @param source who says so, as for {@link Categorized}
     */
    record Unmatched(OptionalDouble confidence, String source) implements Outcome {
        public Unmatched {
            Objects.requireNonNull(source, "source");
            requireProbability(confidence);
        }
    }

    /**
     * No answer could be had for the item.
     *
     * @param cause the kind of failure
     * @param message one line for a person; no secrets, no row text
     */
    record Failed(FailureCause cause, String message) implements Outcome {
        public Failed {
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(message, "message");
        }
    }

    /** The row has no text, so nobody was asked. Made by the engine, never by a categorizer. */
    record Skipped() implements Outcome {}

    /** {@link Categorized} without a confidence. */
    static Categorized categorized(String category, String source) {
        return new Categorized(category, OptionalDouble.empty(), source);
    }

    /** {@link Unmatched} without a confidence. */
    static Unmatched unmatched(String source) {
        return new Unmatched(OptionalDouble.empty(), source);
    }

    private static void requireProbability(OptionalDouble confidence) {
        double value = confidence.orElse(0);
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("confidence must be from 0 to 1, was " + value);
        }
    }
}

package dev.pigeonhole.local;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a {@link LocalModel} says of one text. Immutable.
 *
 * @param category the name of the category that fits best
 * @param confidence the probability, from 0 to 1, that the category is right; empty if the model was trained on too few rows to know,
 *     or if nothing of the text is known
 * @param known false if the text has nothing in common with any text that was learned from; the category is then a mere guess
 */
public record Prediction(String category, OptionalDouble confidence, boolean known) {
    public Prediction {
        Objects.requireNonNull(category, "category");
        double value = confidence.orElse(0);
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("confidence must be from 0 to 1, was " + value);
        }
    }
}

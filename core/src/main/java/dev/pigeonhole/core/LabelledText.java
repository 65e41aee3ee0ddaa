package dev.pigeonhole.core;

import java.util.Objects;

/**
 * A text of which somebody has said to which category it belongs. Immutable.
 *
 * @param text not blank
 * @param category the name of the category, to the letter
 */
public record LabelledText(String text, String category) {
    public LabelledText {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(category, "category");
    }
}

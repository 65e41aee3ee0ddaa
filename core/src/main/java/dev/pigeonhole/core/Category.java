package dev.pigeonhole.core;

import java.util.List;
import java.util.Objects;

/**
 * One label that a row can get, and what is known about it. Immutable.
 *
 * @param name the label itself, as it is written to the output; not blank, no control characters, no half characters
 * @param description what belongs here, in a sentence; empty if there is none
 * @param keywords words that speak for this category; may be empty
 * @param examples texts that belong here; may be empty
 */
public record Category(String name, String description, List<String> keywords, List<String> examples) {
    /** Longest name, in characters. */
    public static final int MAX_NAME_LENGTH = 200;

    public Category {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        keywords = List.copyOf(keywords);
        examples = List.copyOf(examples);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a category needs a name");
        }
        if (name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "the name of a category has at most " + MAX_NAME_LENGTH + " characters, found " + name.length());
        }
        if (name.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw new IllegalArgumentException("the name of a category must not hold control characters");
        }
    }

    /** A category of which only the name is known. */
    public static Category of(String name) {
        return new Category(name, "", List.of(), List.of());
    }
}

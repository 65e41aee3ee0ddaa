package dev.pigeonhole.core.categorize;

import java.util.List;

/** The texts of a job's input before any of them is asked about, for categorizers that learn from them. */
@FunctionalInterface
public interface InputTexts {
    /** Of an input that nobody has. */
    InputTexts NONE = most -> List.of();

    /**
     * Texts of rows drawn at random over the whole input, in the order of the input, no text twice; always the same for the same input.
     * Reads the input, so it may take seconds.
     *
     * @param most how many at most, at least 1
     */
    List<String> sample(int most);
}

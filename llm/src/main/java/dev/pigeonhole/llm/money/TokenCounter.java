package dev.pigeonhole.llm.money;

/**
 * Counts the tokens of a text as a model would. Good for planning; bills come from what the server says. Thread-safe.
 */
@FunctionalInterface
public interface TokenCounter {
    /** The tokens of a text, at least 0. Any text is fit, also one that holds a model's control words: they are text here. */
    int count(String text);

    /**
     * A counter for a model; for one that is not known, by the encoding of the newer ones. The encoding is loaded at the first
     * count, which takes a moment and some memory.
     */
    static TokenCounter forModel(String model) {
        return new JtokkitCounter(model);
    }
}

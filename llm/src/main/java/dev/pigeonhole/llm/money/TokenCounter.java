package dev.pigeonhole.llm.money;

/**
 * Counts the tokens of a text as a model would. Good for planning; bills come from what the server says. Thread-safe.
 */
@FunctionalInterface
public interface TokenCounter {
    /**
     * The tokens of a text, at least 0, at most {@link #most}. Any text is fit, also one that holds a model's control words: they are
     * text here.
     */
    int count(String text);

    /** Whether a text has no more tokens than this. Counts only where its length does not tell, because counting takes long. */
    default boolean fits(String text, int tokens) {
        // A char takes at most three bytes of UTF-8, a token at least one.
        return text.length() <= tokens / 3 || most(text) <= tokens || count(text) <= tokens;
    }

    /** The most tokens that a text can have: each takes at least a byte of its UTF-8. */
    static int most(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return bytes;
    }

    /**
     * A counter for a model; for one that is not known, by the encoding of the newer ones. The encoding is loaded at the first
     * count of the process, which takes a moment and some megabytes.
     */
    static TokenCounter forModel(String model) {
        return JtokkitCounter.isOlder(model) ? new JtokkitCounter(model) : new O200kCounter();
    }
}

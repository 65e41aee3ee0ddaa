package dev.pigeonhole.fakellm;

/** How many tokens a text has. Thread-safe; the same for the same text. */
@FunctionalInterface
public interface TokenCount {
    int of(String text);

    /** A token is four characters, rounded up: near the truth for English, and nobody has to argue about it. */
    static TokenCount quarterOfChars() {
        return text -> (text.length() + 3) / 4;
    }
}

package dev.pigeonhole.core.categorize;

import java.util.Objects;

/**
 * One message of a request, as it would be sent. Immutable.
 *
 * @param role who speaks: {@code system}, {@code user}
 * @param content the text, to the letter
 */
public record PromptMessage(String role, String content) {
    public PromptMessage {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
    }

    /** Leaves the text out: it holds the user's data. */
    @Override
    public String toString() {
        return "PromptMessage[" + role + ", " + content.length() + " chars]";
    }
}

package dev.pigeonhole.llm;

import java.time.Duration;
import java.util.Objects;

/**
 * One request. Immutable.
 *
 * @param system the part that is the same in all requests of a job, to the byte
 * @param user the part that differs
 * @param format how the answer is to be laid out
 * @param maxOutputTokens most tokens the model may write, at least 1
 * @param deadline most time the call may take, from connecting to the last byte
 * @param cacheKey names requests with the same beginning to the provider's cache; empty for none
 */
public record ChatRequest(
        String system, String user, ReplyFormat format, int maxOutputTokens, Duration deadline, String cacheKey) {
    public ChatRequest {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(cacheKey, "cacheKey");
        if (maxOutputTokens < 1 || deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("at most " + maxOutputTokens + " tokens in " + deadline);
        }
    }

    /** Leaves the texts out: they hold the user's data. */
    @Override
    public String toString() {
        return "ChatRequest[system=" + system.length() + " chars, user=" + user.length() + " chars]";
    }
}

package dev.pigeonhole.llm;

import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.pace.RateLimits;
import java.util.Objects;

/**
 * What a model answered. Immutable.
 *
 * @param text the answer; empty if there is none
 * @param finish why it ended there
 * @param usage the tokens it is billed for; {@link TokenUsage#NONE} if the server does not say
 * @param requestId the server's number for the call; empty if it gave none
 * @param limits what the server said about its limits
 */
public record ChatReply(String text, Finish finish, TokenUsage usage, String requestId, RateLimits limits) {
    /** Why an answer ended. */
    public enum Finish {
        /** It is complete. */
        STOP,
        /** The most tokens allowed were reached. */
        LENGTH,
        /** A filter of the provider cut it off. */
        CONTENT_FILTER,
        /** The model refused; the text is its reason. */
        REFUSAL,
        /** Anything else that the server may say. */
        OTHER
    }

    public ChatReply {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(finish, "finish");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(limits, "limits");
    }

    /** Leaves the text out: it may quote the user's data. */
    @Override
    public String toString() {
        return "ChatReply[" + text.length() + " chars, " + finish + ", " + usage + ", requestId=" + requestId + "]";
    }
}

package dev.pigeonhole.core.ledger;

import dev.pigeonhole.core.Money;
import java.util.Objects;
import java.util.Optional;

/**
 * What came back for a call, as it came. Immutable.
 *
 * @param text the answer, unread
 * @param finish why it ended there, in the categorizer's own words
 * @param requestId the provider's number for the call; empty if it gave none
 * @param usage the tokens it is billed for
 * @param cost what it cost; empty if the price is not known
 */
public record CallAnswer(String text, String finish, String requestId, TokenUsage usage, Optional<Money> cost) {
    public CallAnswer {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(finish, "finish");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(cost, "cost");
    }

    /** Leaves the text out: it may quote the user's data. */
    @Override
    public String toString() {
        return "CallAnswer[" + text.length() + " chars, finish=" + finish + ", requestId=" + requestId + ", " + usage
                + ", cost=" + cost + "]";
    }
}

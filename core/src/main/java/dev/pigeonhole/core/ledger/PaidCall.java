package dev.pigeonhole.core.ledger;

import java.util.Objects;

/**
 * A call that was answered. Immutable.
 *
 * @param number of the call within its job, from 1 in the order of sending
 */
public record PaidCall(long number, CallIntent intent, CallAnswer answer) {
    public PaidCall {
        Objects.requireNonNull(intent, "intent");
        Objects.requireNonNull(answer, "answer");
    }
}

package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.ledger.CallLedger;
import java.util.Objects;

/**
 * What a categorizer has to know of the job it works for. Immutable.
 *
 * @param ledger where every call that may cost money is entered, before it is sent
 * @param concurrency calls in flight at most, at least 1
 * @param concurrencyTold whether the user has named that number; else it is what the categorizer suggested, and it may find its own
 *     way up to it
 */
public record Assignment(CallLedger ledger, int concurrency, boolean concurrencyTold) {
    public Assignment {
        Objects.requireNonNull(ledger, "ledger");
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency " + concurrency);
        }
    }
}

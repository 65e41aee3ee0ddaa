package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.ledger.CallLedger;
import java.util.Objects;
import java.util.Optional;

/**
 * What a categorizer has to know of the job it works for. Immutable.
 *
 * @param ledger where every call that may cost money is entered, before it is sent
 * @param concurrency calls in flight at most, at least 1
 * @param concurrencyTold whether the user has named that number; else it is what the categorizer suggested, and it may find its own
 *     way up to it
 * @param memory what is durable of the job; empty if the questions belong to no job
 */
public record Assignment(CallLedger ledger, int concurrency, boolean concurrencyTold, Optional<JobMemory> memory) {
    public Assignment {
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(memory, "memory");
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency " + concurrency);
        }
    }

    /** Without a job. */
    public Assignment(CallLedger ledger, int concurrency, boolean concurrencyTold) {
        this(ledger, concurrency, concurrencyTold, Optional.empty());
    }
}

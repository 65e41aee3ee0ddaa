package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.Outcome;
import java.util.Objects;

/** What a {@link Pass} does about a row. Immutable. */
public sealed interface Decision {
    /** It is asked about in this pass. */
    Decision ASK = new Ask();

    /** It is left to a later pass. */
    Decision LEAVE = new Leave();

    /** See {@link #ASK}. */
    record Ask() implements Decision {}

    /** See {@link #LEAVE}. */
    record Leave() implements Decision {}

    /**
     * Nobody has to be asked.
     *
     * @param outcome categorized or unmatched; checked like every answer
     */
    record Settle(Outcome outcome) implements Decision {
        public Settle {
            Objects.requireNonNull(outcome, "outcome");
        }
    }
}

package dev.pigeonhole.workspace.quote;

import dev.pigeonhole.core.categorize.CostRange;
import dev.pigeonhole.core.categorize.Estimate;
import java.util.Map;
import java.util.Optional;

/** A way to ask a language model about the rows of a file. */
public enum QuoteLane {
    /** Call by call, with answers at once. */
    SYNC("sync"),
    /** Through the provider's batch API: cheaper, with answers within a day. */
    BATCH("batch"),
    /** A part of the rows only; the others are answered on this machine, as far as that is shown to agree. */
    CASCADE("cascade");

    /** The provider's option that chooses between the first two. */
    public static final String OPTION = "lane";

    private final String key;

    QuoteLane(String key) {
        this.key = key;
    }

    /** As users write it. */
    public String key() {
        return key;
    }

    /** The cost in this lane; of a cascade, that of asking about everything. */
    Optional<CostRange> cost(Estimate estimate) {
        return this == BATCH ? estimate.batchCost() : estimate.cost();
    }

    /** The lane that these options of a provider choose. */
    public static QuoteLane of(Map<String, String> providerOptions) {
        return BATCH.key.equals(providerOptions.get(OPTION)) ? BATCH : SYNC;
    }
}

package dev.pigeonhole.workspace.quote;

import dev.pigeonhole.workspace.JobOptions;
import java.util.SortedMap;
import java.util.TreeMap;

/** Options of a provider as an estimator takes them. Stateless. */
final class QuoteOptions {
    private static final String DEADLINE = "deadline";

    private QuoteOptions() {}

    /** Without the choice of a lane: both are added up at once. */
    static SortedMap<String, String> synchronous(JobOptions options) {
        SortedMap<String, String> all = new TreeMap<>(options.providerOptions());
        all.remove(QuoteLane.OPTION);
        all.remove(DEADLINE);
        return all;
    }
}

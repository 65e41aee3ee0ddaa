package dev.pigeonhole.fakellm;

/**
 * All that the server remembers of its client. Each part is thread-safe.
 *
 * @param meter counts calls
 * @param buckets the limits at work
 * @param faults what is to go wrong
 * @param cache beginnings of prompts
 * @param bill what was paid for
 * @param lane files and batches
 */
record ServerState(Meter meter, Buckets buckets, Faults faults, PromptCache cache, Bill bill, Lane lane) {
    /** From here on as if nothing had been; limits and rules stay, and the rules begin anew. */
    void reset() {
        meter.clear();
        faults.forget();
        cache.clear();
        bill.clear();
        lane.clear();
    }
}

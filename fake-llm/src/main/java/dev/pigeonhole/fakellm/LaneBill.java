package dev.pigeonhole.fakellm;

import java.util.List;
import java.util.Map;

/**
 * What the batch lane was asked to do and what it is paid for; none of it is in {@link Stats}. Immutable.
 *
 * @param batches in the order in which they were created
 * @param calls about files and batches, by kind; the ones that were refused among them
 */
public record LaneBill(List<BatchAccount> batches, Map<FaultRule.Where, Long> calls) {
    public LaneBill {
        batches = List.copyOf(batches);
        calls = Map.copyOf(calls);
    }

    /** Batches whose requests or metadata had been submitted before; see {@link BatchAccount#again}. */
    public long submittedAgain() {
        return batches.stream().filter(BatchAccount::again).count();
    }

    /** Requests that were answered. */
    public long billed() {
        return batches.stream().mapToLong(BatchAccount::billed).sum();
    }

    /** Records in requests that were answered. */
    public long items() {
        return batches.stream().mapToLong(BatchAccount::items).sum();
    }

    public long promptTokens() {
        return batches.stream().mapToLong(BatchAccount::promptTokens).sum();
    }

    public long answerTokens() {
        return batches.stream().mapToLong(BatchAccount::answerTokens).sum();
    }

    /** How often a kind of call came. */
    public long calls(FaultRule.Where kind) {
        return calls.getOrDefault(kind, 0L);
    }

    /**
     * What it costs, at half of the usual prices. Nothing is cached in batches.
     *
     * @param promptPrice usual price of a million tokens
     * @param answerPrice usual price of a million tokens
     */
    public double cost(double promptPrice, double answerPrice) {
        return (promptTokens() * promptPrice + answerTokens() * answerPrice) / 2 / 1e6;
    }
}

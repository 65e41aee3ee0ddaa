package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.Money;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a job would cost. Immutable.
 *
 * @param calls requests, if none has to be made again
 * @param inputTokens tokens sent
 * @param outputTokens tokens received, as expected
 * @param cost from the one end, where the provider's cache serves all it can and nothing is asked again, to the other, where
 *     nothing is cached and some has to be asked again; empty if the price is not known
 * @param batchCost the same through the slow and cheap {@link Lane}; empty if there is none, or if its price is not known
 * @param basis where the price is from and of what date, or why it is not known; one line
 * @param time the least time at the limits that were told; empty if none was
 */
public record Estimate(
        long calls,
        long inputTokens,
        long outputTokens,
        Optional<CostRange> cost,
        Optional<CostRange> batchCost,
        String basis,
        Optional<Duration> time) {
    public Estimate {
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(batchCost, "batchCost");
        Objects.requireNonNull(basis, "basis");
        Objects.requireNonNull(time, "time");
    }

    public Optional<Money> least() {
        return cost.map(CostRange::least);
    }

    public Optional<Money> expected() {
        return cost.map(CostRange::expected);
    }

    public Optional<Money> most() {
        return cost.map(CostRange::most);
    }
}

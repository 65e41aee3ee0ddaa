package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.categorize.Estimate;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a job was expected to cost when it was begun; kept with it, so that its end can be compared. Immutable.
 *
 * @param tokens sent and received
 * @param least empty if the price is not known
 * @param most empty if the price is not known
 * @param basis where the price is from and of what date, or why it is not known
 */
record Forecast(long calls, long tokens, Optional<Money> least, Optional<Money> most, String basis) {
    private static final String CALLS = "estimate.calls";
    private static final String TOKENS = "estimate.tokens";
    private static final String LEAST = "estimate.least-usd";
    private static final String MOST = "estimate.most-usd";
    private static final String BASIS = "estimate.basis";

    static Forecast of(Estimate estimate) {
        return new Forecast(
                estimate.calls(),
                estimate.inputTokens() + estimate.outputTokens(),
                estimate.least(),
                estimate.most(),
                estimate.basis());
    }

    /** What the launch values of a job say; empty if nothing was expected. */
    static Optional<Forecast> of(Map<String, String> launch) {
        if (!launch.containsKey(CALLS)) {
            return Optional.empty();
        }
        return Optional.of(new Forecast(
                Long.parseLong(launch.getOrDefault(CALLS, "0")),
                Long.parseLong(launch.getOrDefault(TOKENS, "0")),
                money(launch, LEAST),
                money(launch, MOST),
                launch.getOrDefault(BASIS, "")));
    }

    private static Optional<Money> money(Map<String, String> launch, String key) {
        return Optional.ofNullable(launch.get(key)).map(text -> Money.dollars(new BigDecimal(text)));
    }

    SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        map.put(CALLS, Long.toString(calls));
        map.put(TOKENS, Long.toString(tokens));
        least.ifPresent(money -> map.put(LEAST, money.toDollars().toPlainString()));
        most.ifPresent(money -> map.put(MOST, money.toDollars().toPlainString()));
        map.put(BASIS, basis);
        return map;
    }

    /** {@code $0.80–1.10}, or {@code unknown}: never zero for a price that nobody knows. */
    String cost() {
        return cost(least, most);
    }

    static String cost(Optional<Money> least, Optional<Money> most) {
        return least.isPresent() && most.isPresent() ? Plain.range(least.get(), most.get()) : "unknown";
    }

    /** In one line. */
    String line() {
        return Plain.count(calls, "call", "calls") + " · " + Plain.roundNumber(tokens) + " tokens · "
                + (least.isPresent() ? cost() : "cost unknown") + " (" + Plain.text(basis) + ")";
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", "estimate");
        map.put("v", 1);
        map.put("calls", calls);
        map.put("tokens", tokens);
        map.put("cost_least_usd", least.map(Money::toDollars));
        map.put("cost_most_usd", most.map(Money::toDollars));
        map.put("price_basis", basis);
        return map;
    }
}

package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.ledger.Bill;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a job was expected to cost when it was begun; kept with it, so that its end can be compared. Immutable.
 *
 * @param tokens sent and received
 * @param least empty if the price is not known
 * @param most empty if the price is not known
 * @param basis where the price is from and of what date, or why it is not known
 */
public record Forecast(long calls, long tokens, Optional<Money> least, Optional<Money> most, String basis) {
    private static final String CALLS = "estimate.calls";
    private static final String TOKENS = "estimate.tokens";
    private static final String LEAST = "estimate.least-usd";
    private static final String MOST = "estimate.most-usd";
    private static final String BASIS = "estimate.basis";

    public static Forecast of(Estimate estimate) {
        return new Forecast(
                estimate.calls(),
                estimate.inputTokens() + estimate.outputTokens(),
                estimate.least(),
                estimate.most(),
                estimate.basis());
    }

    /** What the launch values of a job say; empty if nothing was expected. */
    public static Optional<Forecast> of(Map<String, String> launch) {
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

    public SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        map.put(CALLS, Long.toString(calls));
        map.put(TOKENS, Long.toString(tokens));
        least.ifPresent(money -> map.put(LEAST, money.toDollars().toPlainString()));
        most.ifPresent(money -> map.put(MOST, money.toDollars().toPlainString()));
        map.put(BASIS, basis);
        return map;
    }

    /**
     * What a job would be expected to cost; empty if that is nothing, or if the provider does not say. Reads the input to its end.
     */
    public static Optional<Forecast> of(CheckpointStore store, JobOptions options, Taxonomy taxonomy) {
        Optional<Estimator> estimator =
                Providers.named(options.provider()).estimator(taxonomy, options.providerOptions());
        if (estimator.isEmpty()) {
            return Optional.empty();
        }
        CsvSource source = options.source();
        return InputCount.of(source, source.scan(), options.settings(), store, taxonomy, estimator.get())
                .estimate()
                .map(Forecast::of);
    }

    /**
     * The most that this is expected to cost, put right by what a trial has cost.
     *
     * @param ofTrial what the trial was expected to cost
     * @param bill what it did cost
     * @return empty if a price is not known or nothing was paid
     */
    public Optional<Money> measuredBy(Forecast ofTrial, Bill bill) {
        Optional<Money> trial = ofTrial.most().filter(money -> money.picodollars() > 0);
        if (bill.answered() == 0 || bill.unpriced() > 0 || trial.isEmpty() || most.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal factor = most.get().toDollars().divide(trial.get().toDollars(), MathContext.DECIMAL64);
        return Optional.of(
                Money.dollars(bill.cost().toDollars().multiply(factor).setScale(6, RoundingMode.UP)));
    }
}

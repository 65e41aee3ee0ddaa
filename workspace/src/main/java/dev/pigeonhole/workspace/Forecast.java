package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.CostRange;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.ledger.Bill;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a job was expected to cost when it was begun; kept with it, so that its end can be compared. Immutable.
 *
 * @param tokens sent and received
 * @param cost empty if the price is not known
 * @param basis where the price is from and of what date, or why it is not known
 */
public record Forecast(long calls, long tokens, Optional<CostRange> cost, String basis) {
    private static final String CALLS = "estimate.calls";
    private static final String TOKENS = "estimate.tokens";
    private static final String EXPECTED = "estimate.expected-usd";
    private static final String LEAST = "estimate.least-usd";
    private static final String MOST = "estimate.most-usd";
    private static final String BASIS = "estimate.basis";

    public static Forecast of(Estimate estimate) {
        return new Forecast(
                estimate.calls(), estimate.inputTokens() + estimate.outputTokens(), estimate.cost(), estimate.basis());
    }

    /** What both together are expected to cost. */
    public Forecast plus(Forecast other) {
        return new Forecast(
                calls + other.calls, tokens + other.tokens, cost.flatMap(one -> other.cost.map(one::plus)), basis);
    }

    /** What the launch values of a job say; empty if nothing was expected. */
    public static Optional<Forecast> of(Map<String, String> launch) {
        if (!launch.containsKey(CALLS)) {
            return Optional.empty();
        }
        return Optional.of(new Forecast(
                Long.parseLong(launch.getOrDefault(CALLS, "0")),
                Long.parseLong(launch.getOrDefault(TOKENS, "0")),
                cost(launch),
                launch.getOrDefault(BASIS, "")));
    }

    /** Jobs of before there was an expected cost have none; then it is the middle. */
    private static Optional<CostRange> cost(Map<String, String> launch) {
        return money(launch, LEAST)
                .flatMap(least -> money(launch, MOST)
                        .map(most -> new CostRange(
                                least, money(launch, EXPECTED).orElseGet(() -> middle(least, most)), most)));
    }

    private static Money middle(Money least, Money most) {
        return new Money(least.picodollars() + (most.picodollars() - least.picodollars()) / 2);
    }

    public Optional<Money> least() {
        return cost.map(CostRange::least);
    }

    /** What the bill is compared with. */
    public Optional<Money> expected() {
        return cost.map(CostRange::expected);
    }

    public Optional<Money> most() {
        return cost.map(CostRange::most);
    }

    /**
     * How far a bill is from the expected cost, as a part of it: 0.04 is four in a hundred more.
     *
     * @return empty if a price is not known or nothing was expected
     */
    public OptionalDouble difference(Bill bill) {
        double quoted = expected().map(Money::picodollars).orElse(0L);
        return quoted == 0 || bill.unpriced() > 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(bill.cost().picodollars() / quoted - 1);
    }

    private static Optional<Money> money(Map<String, String> launch, String key) {
        return Optional.ofNullable(launch.get(key)).map(text -> Money.dollars(new BigDecimal(text)));
    }

    public SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        map.put(CALLS, Long.toString(calls));
        map.put(TOKENS, Long.toString(tokens));
        cost.ifPresent(range -> {
            map.put(LEAST, range.least().toDollars().toPlainString());
            map.put(EXPECTED, range.expected().toDollars().toPlainString());
            map.put(MOST, range.most().toDollars().toPlainString());
        });
        map.put(BASIS, basis);
        return map;
    }

    /**
     * What a job would be expected to cost; empty if that is nothing, or if the provider does not say. Reads the input to its end.
     */
    public static Optional<Forecast> of(CheckpointStore store, JobOptions options, Taxonomy taxonomy) {
        return of(store, options, taxonomy, options.source()::scan);
    }

    /** The same of an input that was scanned, by a source with these options. */
    public static Optional<Forecast> of(
            CheckpointStore store, JobOptions options, Taxonomy taxonomy, CsvProfile profile) {
        return of(store, options, taxonomy, () -> profile);
    }

    private static Optional<Forecast> of(
            CheckpointStore store, JobOptions options, Taxonomy taxonomy, Supplier<CsvProfile> profile) {
        return Providers.named(options.provider())
                .estimator(taxonomy, options.providerOptions())
                .flatMap(estimator -> InputCount.of(
                                options.source(), profile.get(), options.settings(), store, taxonomy, estimator)
                        .estimate())
                .map(Forecast::of);
    }

    /**
     * What this is expected to cost, put right by what a trial has cost.
     *
     * @param ofTrial what the trial was expected to cost
     * @param bill what it did cost
     * @return empty if a price is not known or nothing was paid
     */
    public Optional<Money> measuredBy(Forecast ofTrial, Bill bill) {
        Optional<Money> trial = ofTrial.expected().filter(money -> money.picodollars() > 0);
        if (bill.answered() == 0 || bill.unpriced() > 0 || trial.isEmpty() || cost.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal factor = cost.get().expected().toDollars().divide(trial.get().toDollars(), MathContext.DECIMAL64);
        return Optional.of(
                Money.dollars(bill.cost().toDollars().multiply(factor).setScale(6, RoundingMode.UP)));
    }
}

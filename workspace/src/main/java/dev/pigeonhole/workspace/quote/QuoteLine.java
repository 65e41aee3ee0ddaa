package dev.pigeonhole.workspace.quote;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.categorize.CostRange;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.quality.Ratio;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One way to do a job, and what it would take. Immutable.
 *
 * @param model the language model; empty if the provider has its usual one
 * @param known different texts whose answers by this model are there already
 * @param estimate as it was added up; of it, cost and time are those of call by call
 * @param cost in this lane; empty if the price is not known. Put right by {@code measured}, if there is that and it
 *     tells something of this lane. Of a cascade, that of
 *     asking about everything: how much less it is, is not known before the run
 * @param measured what a trial of just this model and these settings has measured
 */
public record QuoteLine(
        String model,
        QuoteLane lane,
        long known,
        Estimate estimate,
        Optional<CostRange> cost,
        Optional<Measurement> measured) {
    /** Within it, batches are answered or have expired. */
    private static final Duration LONGEST_BATCH = Duration.ofHours(24);

    public QuoteLine {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(estimate, "estimate");
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(measured, "measured");
    }

    static QuoteLine of(String model, QuoteLane lane, long known, Estimate estimate, Optional<Measurement> measured) {
        Optional<CostRange> foretold = lane.cost(estimate);
        Optional<CostRange> cost = ratio(lane, estimate, measured)
                .flatMap(ratio -> foretold.map(range -> corrected(range, ratio)))
                .or(() -> foretold);
        return new QuoteLine(model, lane, known, estimate, cost, measured);
    }

    /** What calls of one lane cost says nothing of the other if the cache had a part in it: in batches it may serve none of them. */
    private static Optional<Ratio> ratio(QuoteLane lane, Estimate estimate, Optional<Measurement> measured) {
        return measured.filter(trial -> trial.isOfBatches() == (lane == QuoteLane.BATCH) || !dependsOnCache(estimate))
                .flatMap(Measurement::cost);
    }

    private static boolean dependsOnCache(Estimate estimate) {
        return estimate.cost()
                .filter(range -> range.least().compareTo(range.expected()) < 0)
                .isPresent();
    }

    /** The same, put right by what was measured since; as it is, if nothing was. */
    public QuoteLine with(Optional<Measurement> since) {
        return since.isEmpty() ? this : of(model, lane, known, estimate, since);
    }

    /** One call that was measured says nothing of how far others are from it: then the range stays as wide as it was. */
    private static CostRange corrected(CostRange range, Ratio ratio) {
        Money expected = times(range.expected(), ratio.value());
        if (ratio.half().isEmpty()) {
            return new CostRange(least(range.least(), expected), expected, most(range.most(), expected));
        }
        return new CostRange(
                times(range.expected(), ratio.low().orElse(0)),
                expected,
                times(range.expected(), ratio.high().orElse(ratio.value())));
    }

    private static Money least(Money one, Money other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Money most(Money one, Money other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Money times(Money money, double factor) {
        return new Money(BigDecimal.valueOf(money.picodollars())
                .multiply(BigDecimal.valueOf(factor))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    /** Where the cost is from. */
    public String basis() {
        String price = estimate.basis() + (lane == QuoteLane.BATCH && cost.isPresent() ? ", in a batch" : "");
        return isMeasured() ? measured.map(Measurement::text).orElse("") + "; " + price : price;
    }

    /** Whether the cost goes by what a trial has paid. */
    public boolean isMeasured() {
        return cost.isPresent() && ratio(lane, estimate, measured).isPresent();
    }

    /** The least time, at the limits that were told; empty if none was, and for a batch, for which they do not count. */
    public Optional<Duration> leastTime() {
        return lane == QuoteLane.SYNC ? estimate.time() : Optional.empty();
    }

    /** The most time, if that is known. */
    public Optional<Duration> mostTime() {
        return lane == QuoteLane.BATCH ? Optional.of(LONGEST_BATCH) : Optional.empty();
    }

    /** Time of all calls together, as they were measured; so many at once take as many times less. */
    public Optional<Duration> callTime() {
        return lane == QuoteLane.SYNC
                ? measured.flatMap(Measurement::seconds)
                        .map(each -> Duration.ofMillis(Math.round(1000 * each.value() * estimate.calls())))
                : Optional.empty();
    }
}

package dev.pigeonhole.cli;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.categorize.CostRange;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.quality.Interval;
import dev.pigeonhole.quality.Proportion;
import dev.pigeonhole.workspace.quote.Measurement;
import dev.pigeonhole.workspace.quote.ModelPair;
import dev.pigeonhole.workspace.quote.Quote;
import dev.pigeonhole.workspace.quote.QuoteLane;
import dev.pigeonhole.workspace.quote.QuoteLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Ways to do a job side by side, for a person and for a script. Stateless. */
final class QuoteText {
    private static final String UNKNOWN = "not known";

    private QuoteText() {}

    /** A table, what it rests on, and what is not known. */
    static List<String> table(List<QuoteLine> lines, List<ModelPair> pairs) {
        TextTable table = new TextTable()
                .left("model")
                .left("lane")
                .right("calls")
                .right("cost")
                .left("time")
                .left("agreement with labels");
        lines.forEach(line -> table.row(
                line.model(),
                line.lane().key(),
                Plain.number(line.estimate().calls()),
                cost(line),
                time(line),
                truth(line)));
        List<String> text = new ArrayList<>(table.lines());
        text.add("");
        lines.stream()
                .filter(line -> line.lane() != QuoteLane.CASCADE)
                .map(line -> line.model() + ", " + line.lane().key() + ": " + line.basis())
                .forEach(basis -> text.add("  " + Plain.text(basis)));
        if (lines.stream().anyMatch(line -> line.lane() == QuoteLane.CASCADE)) {
            text.add(
                    "  cascade: what it spares is not known before the run, and depends on the agreement you ask for; at"
                            + " most everything is asked");
        }
        pairs.forEach(pair -> text.add("  " + pair(pair)));
        if (lines.stream().anyMatch(line -> line.measured().isEmpty())) {
            text.add("  not tried yet: cost and agreement are known better after a trial (command try)");
        }
        return text;
    }

    private static String pair(ModelPair pair) {
        return Plain.text(pair.one()) + " and " + Plain.text(pair.other()) + " gave the same answer to "
                + share(pair.same()) + "; that says nothing of which is right";
    }

    /** {@code $0.80–1.10, likely $0.92}; of a cascade only the most. */
    static String cost(QuoteLine line) {
        return line.cost()
                .map(range -> line.lane() == QuoteLane.CASCADE
                        ? "at most " + range.most()
                        : Plain.range(range.least(), range.most()) + likely(range))
                .orElse("unknown");
    }

    private static String likely(CostRange range) {
        String expected = range.expected().toString();
        boolean plain = expected.equals(range.least().toString())
                && expected.equals(range.most().toString());
        return plain ? "" : ", likely " + expected;
    }

    static String time(QuoteLine line) {
        Optional<String> least = line.leastTime().map(time -> "at least " + Plain.duration(time));
        Optional<String> most = line.mostTime().map(time -> "up to " + time.toHours() + " h");
        return least.or(() -> most)
                .or(() -> line.callTime().map(time -> Plain.duration(time) + " of calls"))
                .orElse(UNKNOWN);
    }

    private static String truth(QuoteLine line) {
        return line.lane() == QuoteLane.CASCADE
                ? UNKNOWN
                : line.measured()
                        .flatMap(Measurement::truth)
                        .map(QuoteText::share)
                        .orElse(UNKNOWN);
    }

    /** {@code 37 of 40 (80.1–97.4 %)}: the share lies there at 95 %. */
    static String share(Proportion share) {
        return Plain.number(share.count()) + " of " + Plain.number(share.of())
                + share.wilson()
                        .map(in -> String.format(Locale.ROOT, " (%.1f–%.1f %%)", 100 * in.low(), 100 * in.high()))
                        .orElse("");
    }

    static Map<String, @Nullable Object> json(QuoteLine line) {
        Estimate estimate = line.estimate();
        boolean cascade = line.lane() == QuoteLane.CASCADE;
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("model", line.model());
        map.put("lane", line.lane().key());
        map.put("calls", estimate.calls());
        map.put("known_texts", line.known());
        map.put("input_tokens", estimate.inputTokens());
        map.put("output_tokens", estimate.outputTokens());
        map.put(
                "cost_least_usd",
                dollars(cascade ? Optional.empty() : line.cost().map(CostRange::least)));
        map.put(
                "cost_expected_usd",
                dollars(cascade ? Optional.empty() : line.cost().map(CostRange::expected)));
        map.put("cost_most_usd", dollars(line.cost().map(CostRange::most)));
        map.put("price_basis", line.basis());
        map.put("seconds_least", line.leastTime().map(Duration::toSeconds));
        map.put("seconds_most", line.mostTime().map(Duration::toSeconds));
        map.put("seconds_of_calls", line.callTime().map(Duration::toSeconds));
        map.put("measured", line.measured().map(QuoteText::json));
        return map;
    }

    private static Optional<Object> dollars(Optional<Money> money) {
        return money.map(Money::toDollars);
    }

    /** What a trial has measured. */
    static Map<String, @Nullable Object> json(Measurement measured) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("rows", measured.rows());
        map.put("calls", measured.calls());
        map.put("cost_ratio", measured.cost().map(ratio -> ratio.value()));
        map.put("cost_ratio_low", measured.cost().flatMap(ratio -> boxed(ratio.low())));
        map.put("cost_ratio_high", measured.cost().flatMap(ratio -> boxed(ratio.high())));
        map.put("seconds_per_call", measured.seconds().map(seconds -> seconds.value()));
        map.put("seconds_per_call_low", measured.seconds().flatMap(seconds -> boxed(seconds.low())));
        map.put("seconds_per_call_high", measured.seconds().flatMap(seconds -> boxed(seconds.high())));
        map.put("labels", measured.truth().map(QuoteText::json));
        return map;
    }

    static Map<String, @Nullable Object> json(ModelPair pair) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("models", List.of(pair.one(), pair.other()));
        map.putAll(json(pair.same()));
        return map;
    }

    private static Map<String, @Nullable Object> json(Proportion share) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("same", share.count());
        map.put("of", share.of());
        map.put("low", share.wilson().map(Interval::low));
        map.put("high", share.wilson().map(Interval::high));
        return map;
    }

    private static Optional<Double> boxed(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    /** The lines of a quote that were asked for: with a lane in the options those of that lane only. */
    static List<QuoteLine> chosen(Quote quote, Map<String, String> providerOptions) {
        return providerOptions.containsKey(QuoteLane.OPTION)
                ? quote.lines().stream()
                        .filter(line -> line.lane() == QuoteLane.of(providerOptions))
                        .toList()
                : quote.lines();
    }
}

package dev.pigeonhole.workspace.quote;

import dev.pigeonhole.cascade.CascadeProvider;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.CostRange;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.quality.Proportion;
import dev.pigeonhole.workspace.Forecast;
import dev.pigeonhole.workspace.InputCount;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.Providers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a job would take, by several models and lanes, before anything is paid for. Immutable, but for the count.
 *
 * @param count what was counted in the file; of what differs by model, that of the first
 * @param lines by model, in the order in which they were named; none if nothing is paid for. Of each, the lanes that it has
 * @param pairs models of these that have answered the same rows in trials
 */
public record Quote(InputCount count, List<QuoteLine> lines, List<ModelPair> pairs) {
    public Quote {
        Objects.requireNonNull(count, "count");
        lines = List.copyOf(lines);
        pairs = List.copyOf(pairs);
    }

    /** Of the one model that the options name. */
    public static Quote of(CheckpointStore store, JobOptions options, Taxonomy taxonomy, Measurements measured) {
        CsvSource source = options.source();
        return of(store, options, source.scan(), taxonomy, measured, List.of());
    }

    /**
     * Reads the input once to its end.
     *
     * @param profile of the input of these options
     * @param models whose cost is to be compared, each once; none for the one that the options name
     */
    public static Quote of(
            CheckpointStore store,
            JobOptions options,
            CsvProfile profile,
            Taxonomy taxonomy,
            Measurements measured,
            List<String> models) {
        List<JobOptions> asked = models.isEmpty()
                ? List.of(options)
                : models.stream()
                        .map(model -> options.withProviderOptions(Map.of(JobOptions.MODEL, model)))
                        .toList();
        List<Estimator> estimators = asked.stream()
                .flatMap(each ->
                        Providers.named(each.provider()).estimator(taxonomy, QuoteOptions.synchronous(each)).stream())
                .toList();
        CsvSource source = options.source();
        if (estimators.isEmpty()) {
            return new Quote(InputCount.of(source, profile, options.settings(), store), List.of(), List.of());
        }
        InputCount count = InputCount.of(source, profile, options.settings(), store, taxonomy, estimators);
        List<Optional<Measurement>> measurements = new ArrayList<>();
        List<QuoteLine> lines = new ArrayList<>();
        for (int i = 0; i < estimators.size(); i++) {
            MeasurementKey key = MeasurementKey.of(
                    options, profile, taxonomy, estimators.get(i).fingerprint());
            measurements.add(measured.find(key));
            String model = asked.get(i).providerOptions().getOrDefault(JobOptions.MODEL, "");
            lines.addAll(lines(model, count.known(i), count.estimates().get(i), measurements.get(i)));
        }
        return new Quote(count, lines, pairs(measurements));
    }

    private static List<QuoteLine> lines(String model, long known, Estimate estimate, Optional<Measurement> measured) {
        List<QuoteLine> lines = new ArrayList<>();
        lines.add(QuoteLine.of(model, QuoteLane.SYNC, known, estimate, measured));
        if (estimate.batchCost().isPresent()) {
            lines.add(QuoteLine.of(model, QuoteLane.BATCH, known, estimate, measured));
        }
        lines.add(QuoteLine.of(model, QuoteLane.CASCADE, known, estimate, measured));
        return lines;
    }

    private static List<ModelPair> pairs(List<Optional<Measurement>> measured) {
        List<Measurement> all = measured.stream().flatMap(Optional::stream).toList();
        List<ModelPair> pairs = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            for (Measurement other : all.subList(i + 1, all.size())) {
                Proportion same = all.get(i).agreementWith(other);
                if (same.of() > 0) {
                    pairs.add(new ModelPair(all.get(i).model(), other.model(), same));
                }
            }
        }
        return pairs;
    }

    /** The line of the lane that these options choose; empty if nothing is paid for, or if there is no price for the lane. */
    public Optional<QuoteLine> chosen(JobOptions options) {
        QuoteLane lane = QuoteLane.of(options.providerOptions());
        return lines.stream().filter(line -> line.lane() == lane).findFirst();
    }

    /**
     * What a job with these options is expected to cost, to be kept with it; empty if that is nothing, or if the provider does not
     * say. With a cascade, that of asking about everything.
     */
    public Optional<Forecast> forecast(JobOptions options) {
        boolean spared = options.providerOptions().containsKey(CascadeProvider.TARGET);
        return chosen(options)
                .map(line -> forecast(line, line.cost(), spared))
                .or(() -> lines.stream().findFirst().map(line -> forecast(line, Optional.empty(), spared)));
    }

    private static Forecast forecast(QuoteLine line, Optional<CostRange> cost, boolean spared) {
        Estimate estimate = line.estimate();
        return new Forecast(
                estimate.calls(),
                estimate.inputTokens() + estimate.outputTokens(),
                cost,
                (spared ? "if the cascade spares nothing; " : "") + line.basis());
    }
}

package dev.pigeonhole.workspace.quote;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.quality.Judge;
import dev.pigeonhole.quality.JudgedRow;
import dev.pigeonhole.quality.Proportion;
import dev.pigeonhole.quality.Ratio;
import dev.pigeonhole.workspace.Forecast;
import dev.pigeonhole.workspace.InputCount;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.Providers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures what a trial takes: knows what each of its calls was expected to cost, looks on while they are made, and says at the end
 * how far off that was. Each trial has its own. Thread-safe.
 */
public final class TrialMeter {
    private final JobOptions whole;
    private final Taxonomy taxonomy;
    private final List<CsvItem> sample;
    private final InstantSource clock;
    private final @Nullable SubBatchCosts costs;
    private final List<MeteredLedger> ledgers = new ArrayList<>();

    private TrialMeter(
            JobOptions whole,
            Taxonomy taxonomy,
            List<CsvItem> sample,
            InstantSource clock,
            @Nullable SubBatchCosts costs) {
        this.whole = whole;
        this.taxonomy = taxonomy;
        this.sample = List.copyOf(sample);
        this.clock = clock;
        this.costs = costs;
    }

    /**
     * Adds up what the trial should cost.
     *
     * @param whole how the rows of the file would be asked about
     * @param trial how those of the trial will be
     * @param sample the rows, with their numbers in the file, in the order of the trial
     */
    public static TrialMeter of(
            CheckpointStore store,
            JobOptions whole,
            JobOptions trial,
            Taxonomy taxonomy,
            List<CsvItem> sample,
            InstantSource clock) {
        Optional<Estimator> estimator =
                Providers.named(trial.provider()).estimator(taxonomy, QuoteOptions.synchronous(trial));
        if (estimator.isEmpty()) {
            return new TrialMeter(whole, taxonomy, sample, clock, null);
        }
        SubBatchCosts costs = new SubBatchCosts(estimator.get(), QuoteLane.of(trial.providerOptions()));
        InputCount.of(trial.source(), trial.source().scan(), trial.settings(), store, taxonomy, costs);
        return new TrialMeter(whole, taxonomy, sample, clock, costs);
    }

    /** What the trial should cost; empty if that is nothing, or if the provider does not say. */
    public Optional<Forecast> forecast() {
        return Optional.ofNullable(costs).map(SubBatchCosts::forecast);
    }

    /** The categorizer of the trial as it has to be for this to look on. */
    public Categorizer over(Categorizer categorizer) {
        return new MeteredCategorizer(categorizer, ledger -> {
            MeteredLedger metered = new MeteredLedger(ledger, clock);
            synchronized (ledgers) {
                ledgers.add(metered);
            }
            return metered;
        });
    }

    private List<MeteredLedger.Metered> calls() {
        synchronized (ledgers) {
            return ledgers.stream().flatMap(ledger -> ledger.calls().stream()).toList();
        }
    }

    /**
     * What was measured, at the end of the trial; kept for later quotes. Empty if the provider asks nobody.
     *
     * @param jobId of the trial
     * @param labels what rows should be, by their number in the file; of no row, or of some
     */
    public Optional<Measurement> end(
            CheckpointStore store, String jobId, CsvProfile profile, Map<Long, String> labels, Measurements kept) {
        SubBatchCosts expected = costs;
        if (expected == null) {
            return Optional.empty();
        }
        MeasurementKey key = MeasurementKey.of(whole, profile, taxonomy, expected.fingerprint());
        return Optional.of(kept.keep(key, measured(store, jobId, labels, expected)));
    }

    private Measurement measured(
            CheckpointStore store, String jobId, Map<Long, String> labels, SubBatchCosts expected) {
        SortedMap<Long, String> answers = new TreeMap<>();
        Truth truth = new Truth(taxonomy, labels);
        store.rows(jobId).forEach(row -> answer(row, answers, truth));
        List<MeteredLedger.Metered> calls = calls();
        return new Measurement(
                whole.providerOptions().getOrDefault(JobOptions.MODEL, ""),
                answers.size(),
                calls.size(),
                cost(calls, expected),
                QuoteLane.of(whole.providerOptions()) == QuoteLane.BATCH ? Optional.empty() : seconds(calls),
                truth.share(),
                answers);
    }

    private void answer(RowOutcome row, SortedMap<Long, String> answers, Truth truth) {
        long number = sample.get((int) row.row() - 1).row();
        Outcome outcome = row.outcome();
        if (outcome instanceof Outcome.Categorized categorized) {
            answers.put(number, categorized.category());
            truth.add(number, outcome);
        } else if (outcome instanceof Outcome.Unmatched) {
            answers.put(number, "");
            truth.add(number, outcome);
        }
    }

    /** Second questions about rows of a sub-batch are part of its cost. */
    private static Optional<Ratio> cost(List<MeteredLedger.Metered> calls, SubBatchCosts expected) {
        double[] paid = new double[expected.parts()];
        for (MeteredLedger.Metered call : calls) {
            int part = expected.partOf(call.intent().rows().get(0));
            Optional<Money> cost = call.answer().cost();
            if (part < 0 || cost.isEmpty()) {
                return Optional.empty();
            }
            paid[part] += cost.get().picodollars();
        }
        int[] asked = IntStream.range(0, paid.length)
                .filter(part -> paid[part] > 0 && expected.expected(part) > 0)
                .toArray();
        return asked.length == 0
                ? Optional.empty()
                : Optional.of(Ratio.of(
                        Arrays.stream(asked).mapToDouble(expected::expected).toArray(),
                        Arrays.stream(asked).mapToDouble(part -> paid[part]).toArray()));
    }

    private static Optional<Ratio> seconds(List<MeteredLedger.Metered> calls) {
        if (calls.isEmpty()) {
            return Optional.empty();
        }
        double[] one = new double[calls.size()];
        Arrays.fill(one, 1);
        return Optional.of(Ratio.of(
                one,
                calls.stream().mapToDouble(call -> call.time().toNanos() / 1e9).toArray()));
    }

    /** Counts answers that are what the labels say. */
    private static final class Truth {
        private final Judge judge;
        private final Map<Long, String> labels;
        private long judged;
        private long right;

        Truth(Taxonomy taxonomy, Map<Long, String> labels) {
            this.judge = new Judge(taxonomy.names());
            this.labels = labels;
        }

        void add(long row, Outcome outcome) {
            judge.add(JudgedRow.of(labels.getOrDefault(row, ""), outcome)).ifPresent(label -> {
                judged++;
                right += outcome instanceof Outcome.Categorized answer
                                && answer.category().equals(label)
                        ? 1
                        : 0;
            });
        }

        Optional<Proportion> share() {
            return judged == 0 ? Optional.empty() : Optional.of(new Proportion(right, judged));
        }
    }
}

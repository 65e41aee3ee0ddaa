package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.JobSettings;
import dev.pigeonhole.workspace.InputCount;
import dev.pigeonhole.workspace.Providers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code estimate}: how much work a run would be, and what it would cost. Calls nobody, needs no key. */
@Command(
        name = "estimate",
        description = "Count rows, calls and distinct texts of a run, and its cost, without making it. Needs no key.")
final class EstimateCommand implements Callable<Integer> {
    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Mixin
    private InputFlags input = new InputFlags();

    @Mixin
    private WorkspaceFlags workspace = new WorkspaceFlags();

    @Option(
            names = {"-c", "--categories"},
            paramLabel = "FILE",
            description = "The categories; the cost depends on them.")
    private @Nullable Path categories;

    @Mixin
    private ProviderFlags provider = new ProviderFlags();

    @Mixin
    private SizeFlags sizes = new SizeFlags();

    @Mixin
    private SizeFlags.SubBatch subBatch = new SizeFlags.SubBatch();

    @Override
    public Integer call() {
        JobSettings settings =
                JobSettings.defaults().withBatchSize(sizes.batchSize).withSubBatchSize(subBatch.size);
        SortedMap<String, String> options = provider.options();
        Taxonomy taxonomy = taxonomy(options);
        CsvSource source = input.source();
        CsvProfile profile = source.scan();
        InputCount count;
        try (CheckpointStore store = Wiring.storeOnDemand(workspace.workspace)) {
            count = taxonomy == null
                    ? InputCount.of(source, profile, settings, store)
                    : count(source, profile, settings, store, taxonomy, options);
        }
        parent.console().out().println(workspace.json ? new Json().line(json(count)) : text(count));
        return ExitCode.DONE;
    }

    private @Nullable Taxonomy taxonomy(SortedMap<String, String> options) {
        if (categories != null) {
            return Taxonomy.load(categories);
        }
        if (options.isEmpty()) {
            return null;
        }
        return Providers.named(provider.provider())
                .taxonomy(options)
                .orElseThrow(() ->
                        new ConfigurationException("the cost depends on the categories; name them with --categories"));
    }

    private InputCount count(
            CsvSource source,
            CsvProfile profile,
            JobSettings settings,
            CheckpointStore store,
            Taxonomy taxonomy,
            SortedMap<String, String> options) {
        Optional<Estimator> estimator = Providers.named(provider.provider()).estimator(taxonomy, options);
        return estimator.isPresent()
                ? InputCount.of(source, profile, settings, store, taxonomy, estimator.get())
                : InputCount.of(source, profile, settings, store);
    }

    private static String text(InputCount count) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "rows",
                Plain.number(count.rows()) + " = " + Plain.number(count.toCategorize()) + " to categorize + "
                        + Plain.number(count.withoutText()) + " without text + " + Plain.number(count.misshapen())
                        + " set aside");
        line(text, "batches", Plain.number(count.batches()));
        line(text, "calls", Plain.number(count.calls()));
        line(
                text,
                "distinct",
                (count.distinct().isExact() ? "" : "about ")
                        + Plain.number(count.distinct().count()) + " texts");
        if (count.known() > 0) {
            line(text, "known", Plain.number(count.known()) + " texts have an answer already; they cost nothing");
        }
        line(text, "characters", Plain.number(count.chars()));
        count.estimate().ifPresent(estimate -> money(text, estimate));
        return text.toString().stripTrailing();
    }

    private static void money(StringBuilder text, Estimate estimate) {
        line(
                text,
                "tokens",
                Plain.roundNumber(estimate.inputTokens()) + " in, about " + Plain.roundNumber(estimate.outputTokens())
                        + " out");
        line(
                text,
                "cost",
                ForecastText.cost(estimate.least(), estimate.most()) + " (" + Plain.text(estimate.basis()) + ")");
        line(
                text,
                "time",
                estimate.time()
                        .map(time -> "at least " + Plain.duration(time) + " at the limits given")
                        .orElse("not known; --rpm and --tpm say what the account allows"));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(Plain.field(11, name, value));
    }

    private static Map<String, @Nullable Object> json(InputCount count) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", "estimate");
        map.put("v", 1);
        map.put("rows", count.rows());
        map.put("to_categorize", count.toCategorize());
        map.put("without_text", count.withoutText());
        map.put("set_aside", count.misshapen());
        map.put("batches", count.batches());
        map.put("calls", count.calls());
        map.put("distinct_texts", count.distinct().count());
        map.put("distinct_texts_exact", count.distinct().isExact());
        map.put("characters", count.chars());
        map.put("known_texts", count.known());
        Optional<Estimate> estimate = count.estimate();
        map.put("input_tokens", estimate.map(Estimate::inputTokens));
        map.put("output_tokens", estimate.map(Estimate::outputTokens));
        map.put("cost_least_usd", estimate.flatMap(Estimate::least).map(Money::toDollars));
        map.put("cost_most_usd", estimate.flatMap(Estimate::most).map(Money::toDollars));
        map.put("price_basis", estimate.map(Estimate::basis));
        map.put("seconds", estimate.flatMap(Estimate::time).map(Duration::toSeconds));
        return map;
    }
}

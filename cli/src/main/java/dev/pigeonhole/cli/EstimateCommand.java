package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.CostRange;
import dev.pigeonhole.core.categorize.Estimate;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.workspace.InputCount;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.Providers;
import dev.pigeonhole.workspace.quote.Measurement;
import dev.pigeonhole.workspace.quote.Measurements;
import dev.pigeonhole.workspace.quote.Quote;
import dev.pigeonhole.workspace.quote.QuoteLane;
import dev.pigeonhole.workspace.quote.QuoteLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final String BOTH = "both";

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

    @Option(
            names = "--models",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Language models to compare, such as gpt-5-nano,gpt-5-mini: cost and time of each, call by call"
                            + " and through the batch API, or only as --lane says; and what trials have measured of them.")
    private List<String> models = new ArrayList<>();

    @Override
    public Integer call() {
        models.stream().findFirst().ifPresent(provider::compareFrom);
        SortedMap<String, String> options = options();
        Taxonomy taxonomy = taxonomy(options);
        JobOptions asked = jobOptions(options);
        CsvProfile profile = asked.source().scan();
        try (CheckpointStore store = Wiring.storeOnDemand(workspace.workspace)) {
            Quote quote = taxonomy == null
                    ? new Quote(InputCount.of(asked.source(), profile, asked.settings(), store), List.of(), List.of())
                    : Quote.of(store, asked, profile, taxonomy, Measurements.in(workspace.workspace), distinct());
            parent.console()
                    .out()
                    .println(workspace.json ? new Json().line(json(quote, options)) : text(quote, options));
        }
        return ExitCode.DONE;
    }

    /** Without a lane, all are shown. */
    private SortedMap<String, String> options() {
        SortedMap<String, String> options = provider.options();
        String lane = options.getOrDefault(QuoteLane.OPTION, BOTH);
        if (lane.equals(BOTH)) {
            options.remove(QuoteLane.OPTION);
        } else if (!lane.equals(QuoteLane.SYNC.key()) && !lane.equals(QuoteLane.BATCH.key())) {
            throw new ConfigurationException(
                    "--lane must be one of sync, batch, both, was \"" + Plain.text(lane) + "\"");
        }
        return options;
    }

    private List<String> distinct() {
        return models.stream().distinct().toList();
    }

    private JobOptions jobOptions(SortedMap<String, String> options) {
        return new JobOptions(
                input.input,
                workspace.workspace.resolve("none"),
                Optional.ofNullable(categories),
                input.textColumns,
                input.encoding,
                input.delimiter,
                input.ragged,
                input.lenientQuotes,
                input.badBytes == DialectFlags.BadBytes.REPLACE,
                provider.provider(),
                options,
                sizes.batchSize,
                subBatch.size,
                0,
                false);
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

    private String text(Quote quote, SortedMap<String, String> options) {
        InputCount count = quote.count();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "rows",
                Plain.number(count.rows()) + " = " + Plain.number(count.toCategorize()) + " to categorize + "
                        + Plain.number(count.withoutText()) + " without text + " + Plain.number(count.misshapen())
                        + " set aside");
        line(text, "batches", Plain.number(count.batches()));
        if (models.isEmpty()) {
            line(text, "calls", Plain.number(count.calls()));
        }
        line(
                text,
                "distinct",
                (count.distinct().isExact() ? "" : "about ")
                        + Plain.number(count.distinct().count()) + " texts");
        if (models.isEmpty() && count.known() > 0) {
            line(text, "known", Plain.number(count.known()) + " texts have an answer already; they cost nothing");
        }
        line(text, "characters", Plain.number(count.chars()));
        List<QuoteLine> lines = QuoteText.chosen(quote, options);
        if (!models.isEmpty()) {
            text.append(System.lineSeparator());
            QuoteText.table(lines, quote.pairs())
                    .forEach(row -> text.append(row).append(System.lineSeparator()));
        } else if (!lines.isEmpty()) {
            money(text, lines, options.containsKey(ProviderFlags.CASCADE));
        }
        return text.toString().stripTrailing();
    }

    /**
     * The first lane, and what is cheaper beside it.
     *
     * @param spared whether a cascade is to spare some of the calls
     */
    private static void money(StringBuilder text, List<QuoteLine> lines, boolean spared) {
        QuoteLine first = lines.get(0);
        Estimate estimate = first.estimate();
        line(
                text,
                "tokens",
                Plain.roundNumber(estimate.inputTokens()) + " in, about " + Plain.roundNumber(estimate.outputTokens())
                        + " out");
        line(text, "cost", QuoteText.cost(first) + " (" + Plain.text(first.basis()) + ")");
        if (spared) {
            line(
                    text,
                    "cascade",
                    "what it spares is not known before the run; cost and calls are those of asking everything");
        }
        line(text, "time", time(first));
        lines.stream()
                .skip(1)
                .filter(line -> line.lane() == QuoteLane.BATCH)
                .forEach(line -> line(text, "batch", QuoteText.cost(line) + ", " + QuoteText.time(line)));
        line(
                text,
                "agreement",
                first.measured()
                        .flatMap(Measurement::truth)
                        .map(share -> QuoteText.share(share) + " rows as labelled, in a trial")
                        .orElse("not known; a trial shows answers (command try)"));
    }

    private static String time(QuoteLine line) {
        return line.leastTime().isEmpty() && line.mostTime().isEmpty()
                ? line.callTime()
                        .map(time -> Plain.duration(time) + " of calls, as measured; less with several at once")
                        .orElse("not known; --rpm and --tpm say what the account allows")
                : QuoteText.time(line) + (line.leastTime().isPresent() ? " at the limits given" : "");
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(Plain.field(11, name, value));
    }

    private static Map<String, @Nullable Object> json(Quote quote, SortedMap<String, String> options) {
        InputCount count = quote.count();
        List<QuoteLine> lines = QuoteText.chosen(quote, options);
        Optional<QuoteLine> first = lines.stream().findFirst();
        Optional<Estimate> estimate = first.map(QuoteLine::estimate);
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
        map.put("input_tokens", estimate.map(Estimate::inputTokens));
        map.put("output_tokens", estimate.map(Estimate::outputTokens));
        Optional<CostRange> cost = first.flatMap(QuoteLine::cost);
        map.put("cost_least_usd", cost.map(range -> range.least().toDollars()));
        map.put("cost_expected_usd", cost.map(range -> range.expected().toDollars()));
        map.put("cost_most_usd", cost.map(range -> range.most().toDollars()));
        map.put("price_basis", first.map(QuoteLine::basis));
        map.put("seconds", first.flatMap(QuoteLine::leastTime).map(Duration::toSeconds));
        map.put("lines", lines.stream().map(QuoteText::json).toList());
        map.put("pairs", quote.pairs().stream().map(QuoteText::json).toList());
        return map;
    }
}

package dev.pigeonhole.workspace;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.RaggedPolicy;
import dev.pigeonhole.core.file.RealPath;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.JobSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a job was asked for, flag by flag: what {@code run} collects, the store keeps, and {@code resume} takes up. Holds no
 * secrets. Immutable.
 *
 * @param categories empty if the provider brings them, with a model that knows its own
 * @param sentinels which known texts ride along
 */
public record JobOptions(
        Path input,
        Path output,
        Optional<Path> categories,
        List<String> textColumns,
        String encoding,
        String delimiter,
        RaggedPolicy ragged,
        boolean lenientQuotes,
        boolean replaceBadBytes,
        String provider,
        SortedMap<String, String> providerOptions,
        int batchSize,
        int subBatchSize,
        int concurrency,
        boolean outputBom,
        SentinelOptions sentinels) {
    /** The provider's option that holds the money cap, in dollars. */
    public static final String MAX_COST = "max-cost";

    /** The provider's option that names a model; of a local one, its file. */
    public static final String MODEL = "model";

    private static final String CATEGORIES = "categories";
    /** The launch value of a job that names the column with the right answers, if it was begun with one. */
    public static final String TRUTH_COLUMN = "truth-column";

    private static final String OPTION = "option.";
    private static final String TEXT_COLUMN = "text-column.";

    /** A job without known texts that ride along. */
    public JobOptions(
            Path input,
            Path output,
            Optional<Path> categories,
            List<String> textColumns,
            String encoding,
            String delimiter,
            RaggedPolicy ragged,
            boolean lenientQuotes,
            boolean replaceBadBytes,
            String provider,
            SortedMap<String, String> providerOptions,
            int batchSize,
            int subBatchSize,
            int concurrency,
            boolean outputBom) {
        this(
                input,
                output,
                categories,
                textColumns,
                encoding,
                delimiter,
                ragged,
                lenientQuotes,
                replaceBadBytes,
                provider,
                providerOptions,
                batchSize,
                subBatchSize,
                concurrency,
                outputBom,
                SentinelOptions.NONE);
    }

    public CsvSource source() {
        return CsvSource.of(input)
                .encoding(encoding)
                .delimiter(delimiter)
                .textColumns(textColumns)
                .ragged(ragged)
                .lenientQuotes(lenientQuotes)
                .replaceBadBytes(replaceBadBytes);
    }

    /**
     * The categories of the file, else those that the provider brings.
     *
     * @throws ConfigurationException there are none, or they cannot be read
     */
    public Taxonomy taxonomy() {
        return categories
                .map(Taxonomy::load)
                .or(() -> Providers.named(provider).taxonomy(providerOptions))
                .orElseThrow(
                        () -> new ConfigurationException("there are no categories to choose from; name a file of them"
                                + " with --categories, or a model that was trained for its own with --model FILE.pgn"));
    }

    public JobSettings settings() {
        return new JobSettings(batchSize, subBatchSize, concurrency, Optional.empty(), outputBom);
    }

    /** A job as it was asked for; what is missing is who categorizes. */
    public Job.Builder job(CheckpointStore store, Taxonomy taxonomy) {
        return Job.builder()
                .input(source())
                .taxonomy(taxonomy)
                .checkpoints(store)
                .output(output)
                .settings(settings())
                .launch(toMap());
    }

    public JobOptions withConcurrency(int calls) {
        return with(textColumns, subBatchSize, calls, providerOptions, sentinels);
    }

    public JobOptions withSubBatchSize(int rows) {
        return with(textColumns, rows, concurrency, providerOptions, sentinels);
    }

    /** The same with other columns as text, by name or, counted from 1, as {@code #3}. */
    public JobOptions withTextColumns(List<String> columns) {
        return with(columns, subBatchSize, concurrency, providerOptions, sentinels);
    }

    /** The same with some settings of the provider added or replaced. */
    public JobOptions withProviderOptions(Map<String, String> others) {
        SortedMap<String, String> all = new TreeMap<>(providerOptions);
        all.putAll(others);
        return with(textColumns, subBatchSize, concurrency, all, sentinels);
    }

    public JobOptions withSentinels(SentinelOptions others) {
        return with(textColumns, subBatchSize, concurrency, providerOptions, others);
    }

    private JobOptions with(
            List<String> texts, int rowsInCall, int calls, SortedMap<String, String> options, SentinelOptions known) {
        return new JobOptions(
                input,
                output,
                categories,
                texts,
                encoding,
                delimiter,
                ragged,
                lenientQuotes,
                replaceBadBytes,
                provider,
                options,
                batchSize,
                rowsInCall,
                calls,
                outputBom,
                known);
    }

    /** The most that the job may cost, if it has a cap that can be read. */
    public Optional<Money> cap() {
        String text = providerOptions.getOrDefault(MAX_COST, "");
        return text.matches("\\d{1,6}(\\.\\d{1,12})?")
                ? Optional.of(Money.dollars(new BigDecimal(text)))
                : Optional.empty();
    }

    /** These options as the store keeps them; input and output are kept by the job itself. */
    public SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        categories.ifPresent(file -> map.put(CATEGORIES, RealPath.of(file).toString()));
        for (int i = 0; i < textColumns.size(); i++) {
            map.put(TEXT_COLUMN + (i + 1), textColumns.get(i));
        }
        map.put("encoding", encoding);
        map.put("delimiter", delimiter);
        map.put("ragged", ragged.name());
        map.put("lenient-quotes", Boolean.toString(lenientQuotes));
        map.put("replace-bad-bytes", Boolean.toString(replaceBadBytes));
        map.put("provider", provider);
        providerOptions.forEach((key, value) -> map.put(OPTION + key, value));
        map.put("batch-size", Integer.toString(batchSize));
        map.put("sub-batch-size", Integer.toString(subBatchSize));
        map.put("concurrency", Integer.toString(concurrency));
        map.put("output-bom", Boolean.toString(outputBom));
        map.putAll(sentinels.toMap());
        return map;
    }

    /**
     * The options of a job as they were kept.
     *
     * @throws ConfigurationException the job was begun by another program than this one
     */
    public static JobOptions of(JobPlan plan) {
        Map<String, String> map = plan.launch();
        SortedMap<String, String> options = new TreeMap<>();
        map.forEach((key, value) -> {
            if (key.startsWith(OPTION)) {
                options.put(key.substring(OPTION.length()), value);
            }
        });
        return new JobOptions(
                plan.input(),
                plan.output(),
                Optional.ofNullable(map.get(CATEGORIES)).map(Path::of),
                textColumns(map),
                text(map, "encoding"),
                text(map, "delimiter"),
                RaggedPolicy.valueOf(text(map, "ragged").toUpperCase(Locale.ROOT)),
                Boolean.parseBoolean(text(map, "lenient-quotes")),
                Boolean.parseBoolean(text(map, "replace-bad-bytes")),
                text(map, "provider"),
                options,
                Integer.parseInt(text(map, "batch-size")),
                Integer.parseInt(text(map, "sub-batch-size")),
                Integer.parseInt(text(map, "concurrency")),
                Boolean.parseBoolean(text(map, "output-bom")),
                SentinelOptions.of(map));
    }

    /** One entry each: a name may hold any character. */
    private static List<String> textColumns(Map<String, String> map) {
        List<String> columns = new ArrayList<>();
        for (String next = map.get(TEXT_COLUMN + 1); next != null; next = map.get(TEXT_COLUMN + (columns.size() + 1))) {
            columns.add(next);
        }
        return columns;
    }

    private static String text(Map<String, String> map, String key) {
        String value = map.get(key);
        if (value == null) {
            throw new ConfigurationException(
                    "this job was begun by a program of its own, so it cannot be taken up here; resume it in the"
                            + " program that began it");
        }
        return value;
    }
}

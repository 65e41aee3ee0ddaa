package dev.pigeonhole.web.job;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.csv.RaggedPolicy;
import dev.pigeonhole.workspace.JobOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a job was asked for. Immutable. */
final class JobSetup {
    private static final Logger LOG = LoggerFactory.getLogger(JobSetup.class);

    private final JobRecord job;
    private final JobOptions options;
    private final String file;
    private final Path workspace;

    /** @param file the name of the input, as a person knows it */
    JobSetup(JobRecord job, JobOptions options, String file, Path workspace) {
        this.workspace = workspace;
        this.job = job;
        this.options = options;
        this.file = file;
    }

    Map<String, Object> view(String version) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("settings", settings());
        map.put("columns", columns());
        map.put("reading", reading());
        map.put("categories", categories());
        map.put(
                "input",
                Map.of(
                        "name", file,
                        "bytes", job.plan().profile().bytes(),
                        "sha256", job.plan().profile().sha256()));
        map.put("launch", job.plan().launch());
        map.put("version", version);
        map.put("command", command());
        return map;
    }

    private Map<String, Object> settings() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", job.plan().name());
        map.put("provider", options.provider());
        map.put("model", option("model"));
        map.put("baseUrl", option("base-url"));
        map.put("batchSize", options.batchSize());
        map.put("subBatchSize", options.subBatchSize());
        map.put("concurrency", options.concurrency());
        map.put("maxCost", option(JobOptions.MAX_COST));
        map.put("rpm", option("rpm"));
        map.put("tpm", option("tpm"));
        map.put("hints", options.providerOptions().getOrDefault("hints", "auto"));
        map.put("cascade", option("cascade"));
        map.put("fresh", Boolean.parseBoolean(option("fresh")));
        map.put("outputBom", options.outputBom());
        return map;
    }

    private String option(String name) {
        return options.providerOptions().getOrDefault(name, "");
    }

    private Map<String, @Nullable Object> columns() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        List<String> text = options.textColumns();
        map.put("text", text.isEmpty() ? job.plan().profile().textColumnNames() : text);
        map.put("id", job.plan().launch().get("id-column"));
        map.put("truth", job.plan().launch().get(JobOptions.TRUTH_COLUMN));
        map.put("all", job.plan().profile().addresses());
        return map;
    }

    private Map<String, Object> reading() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("encoding", options.encoding());
        map.put("delimiter", options.delimiter());
        map.put("ragged", ragged(options.ragged()));
        map.put("lenientQuotes", options.lenientQuotes());
        map.put("replaceBadBytes", options.replaceBadBytes());
        return map;
    }

    private static String ragged(RaggedPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The names are those that the job has, whatever the file says by now; the file only explains them. */
    private Map<String, Object> categories() {
        Optional<Taxonomy> taxonomy = taxonomy();
        Map<String, Category> explained = new HashMap<>();
        taxonomy.ifPresent(now -> now.categories().forEach(category -> explained.put(category.name(), category)));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("task", taxonomy.map(Taxonomy::task).orElse(""));
        map.put("allowUnmatched", taxonomy.map(Taxonomy::allowUnmatched).orElse(true));
        map.put(
                "categories",
                job.plan().categories().stream()
                        .map(name -> category(name, explained.getOrDefault(name, Category.of(name))))
                        .toList());
        return map;
    }

    private Optional<Taxonomy> taxonomy() {
        try {
            return Optional.of(options.taxonomy());
        } catch (PigeonholeException e) {
            LOG.info("a category file cannot be shown job={} message={}", job.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Map<String, Object> category(String name, Category category) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("description", category.description());
        map.put("keywords", category.keywords());
        map.put("examples", category.examples());
        return map;
    }

    /** How to go on with it on the command line, or to do the same if it is done; for a shell as of Linux and macOS. */
    String command() {
        List<String> words = job.state().isFinished() ? runAgain() : List.of("pigeonhole", "resume", job.id());
        List<String> all = new ArrayList<>(words);
        flag(all, "--workspace", workspace.toAbsolutePath().toString(), "");
        return String.join(" ", all.stream().map(JobSetup::quoted).toList());
    }

    private List<String> runAgain() {
        List<String> words = new ArrayList<>(List.of("pigeonhole", "run"));
        words.add(options.input().toString());
        options.categories().ifPresent(categories -> flag(words, "--categories", categories.toString(), ""));
        options.textColumns().forEach(column -> flag(words, "--text-column", column, ""));
        flag(words, "--output", options.output().toString(), "");
        flag(words, "--job", job.plan().name(), "");
        flag(words, "--encoding", options.encoding(), "auto");
        flag(words, "--delimiter", options.delimiter(), "auto");
        flag(words, "--ragged", ragged(options.ragged()), "auto");
        flag(words, "--on-bad-bytes", options.replaceBadBytes() ? "replace" : "", "");
        flag(words, "--provider", options.provider(), "");
        options.providerOptions().forEach((name, value) -> providerFlag(words, name, value));
        flag(words, "--batch-size", Integer.toString(options.batchSize()), "2000");
        flag(words, "--sub-batch-size", Integer.toString(options.subBatchSize()), "20");
        flag(words, "--concurrency", Integer.toString(options.concurrency()), "0");
        if (options.lenientQuotes()) {
            words.add("--lenient-quotes");
        }
        if (options.outputBom()) {
            words.add("--output-bom");
        }
        return words;
    }

    private static void providerFlag(List<String> words, String name, String value) {
        switch (name) {
            case "fresh" -> {
                if (Boolean.parseBoolean(value)) {
                    words.add("--fresh");
                }
            }
            case "model", "min-confidence", "base-url", "max-cost", "rpm", "tpm", "hints", "cascade", "cascade-seed" ->
                flag(words, "--" + name, value, "");
            default -> {
                words.add("--option");
                words.add(name + "=" + value);
            }
        }
    }

    private static void flag(List<String> words, String name, String value, String usual) {
        if (!value.isEmpty() && !value.equals(usual)) {
            words.add(name);
            words.add(value);
        }
    }

    private static String quoted(String word) {
        return word.matches("[\\w./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

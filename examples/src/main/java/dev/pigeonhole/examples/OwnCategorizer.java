package dev.pigeonhole.examples;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Takes the first category of which a keyword stands in the text. Thread-safe, because nothing in it changes. */
public final class OwnCategorizer implements Categorizer {
    private final List<Category> categories;

    OwnCategorizer(Taxonomy taxonomy) {
        categories = taxonomy.categories();
    }

    @Override
    public List<Outcome> categorize(List<Item> items) {
        return items.stream()
                .map(item -> categorize(item.text().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private Outcome categorize(String text) {
        return categories.stream()
                .filter(category ->
                        category.keywords().stream().anyMatch(word -> text.contains(word.toLowerCase(Locale.ROOT))))
                .findFirst()
                .<Outcome>map(category -> Outcome.categorized(category.name(), "keywords"))
                .orElse(Outcome.unmatched("keywords"));
    }

    @Override
    public Map<String, String> fingerprint() {
        return Map.of("categorizer", "keywords", "keywords.version", "1");
    }

    /** Makes it under the name {@code keywords}; listed in {@code META-INF/services}. */
    public static final class Provider implements CategorizerProvider {
        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public String name() {
            return "keywords";
        }

        @Override
        public Categorizer create(Taxonomy taxonomy, Map<String, String> options) {
            if (!options.isEmpty()) {
                throw new ConfigurationException("keywords has no options, found " + options.keySet());
            }
            return new OwnCategorizer(taxonomy);
        }
    }

    /** First argument: folder with the tickets; second: folder to write to; third: name of the provider. */
    public static void main(String[] args) {
        run(Path.of(args[0]), Path.of(args[1]), args[2]);
    }

    static Summary run(Path tickets, Path folder, String provider) {
        Taxonomy taxonomy = Taxonomy.load(tickets.resolve("categories.yaml"));
        try (Categorizer categorizer = named(provider).create(taxonomy, Map.of());
                CheckpointStore checkpoints = JdbcCheckpointStore.sqlite(folder.resolve(".pigeonhole"))) {
            Summary summary = Job.builder()
                    .input(CsvSource.of(tickets.resolve("tickets.csv")).textColumns("subject", "body"))
                    .taxonomy(taxonomy)
                    .categorizer(categorizer)
                    .checkpoints(checkpoints)
                    .output(folder.resolve("output-" + provider + ".csv"))
                    .build()
                    .run();
            System.out.println(provider + ": " + summary.counts());
            return summary;
        }
    }

    private static CategorizerProvider named(String name) {
        return CategorizerProvider.all().stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException("there is no provider " + name));
    }
}

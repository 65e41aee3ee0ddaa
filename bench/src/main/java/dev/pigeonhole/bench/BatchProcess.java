package dev.pigeonhole.bench;

import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.openai.OpenAiProvider;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import java.nio.file.Path;
import java.util.Map;

/**
 * One run against a server in a process of its own, through one of the lanes. Arguments: the input, a folder for workspace and output,
 * the server, and the lane. Its figures go to standard output.
 */
final class BatchProcess {
    private BatchProcess() {}

    public static void main(String[] args) {
        Meter meter = new Meter();
        Summary summary = run(Path.of(args[0]), Path.of(args[1]), args[2], args[3]);
        Map<String, String> figures = meter.read();
        figures.put("state", summary.state().name());
        figures.put("rows", Long.toString(summary.rows()));
        figures.put("categorized", Long.toString(summary.counts().categorized()));
        figures.put("calls", Long.toString(summary.bill().answered()));
        figures.put("picodollars", Long.toString(summary.bill().cost().picodollars()));
        figures.forEach((name, value) -> System.out.println(name + "=" + value));
    }

    private static Summary run(Path input, Path folder, String server, String lane) {
        Taxonomy taxonomy = Taxonomy.of(SampleTable.CATEGORIES.toArray(String[]::new));
        Map<String, String> options =
                Map.of("model", "gpt-5-nano", "base-url", server, "lane", lane, "lane-poll", "100ms");
        try (CheckpointStore store = JdbcCheckpointStore.sqlite(folder.resolve("workspace"));
                Categorizer categorizer = new OpenAiProvider(Map.of()).create(taxonomy, options)) {
            return Job.builder()
                    .input(CsvSource.of(input).textColumns("text"))
                    .taxonomy(taxonomy)
                    .categorizer(categorizer)
                    .checkpoints(store)
                    .output(folder.resolve("output.csv"))
                    .build()
                    .run();
        }
    }
}

package dev.pigeonhole.bench;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.JobSettings;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.local.LocalCategorizer;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One run of the whole engine in a process of its own, from the CSV file over SQLite to the output. Arguments: the input, a folder
 * for workspace and output, rows to stop after (0 for none), and a category file for the local categorizer, or {@value #PAID} for one
 * that does nothing and costs, or nothing for one that does nothing and is free; and how many calls may be in flight, if that is to be
 * told. Its figures go to standard output.
 */
final class EngineProcess {
    static final String PAID = "paid";

    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicReference<Map<String, String>> firstCall = new AtomicReference<>(Map.of());
    private final AtomicReference<Job> running = new AtomicReference<>();

    private EngineProcess() {}

    public static void main(String[] args) {
        Meter meter = new Meter();
        EngineProcess process = new EngineProcess();
        Summary summary = process.run(
                Path.of(args[0]),
                Path.of(args[1]),
                args.length > 3 ? args[3] : "",
                Long.parseLong(args[2]),
                args.length > 4 ? Integer.parseInt(args[4]) : 0);
        Map<String, String> figures = meter.read();
        figures.put("state", summary.state().name());
        figures.put("rows", Long.toString(summary.rows()));
        figures.put("categorized", Long.toString(summary.counts().categorized()));
        figures.put("unmatched", Long.toString(summary.counts().unmatched()));
        figures.put("before", Long.toString(summary.rowsBefore()));
        figures.put("asked", Long.toString(process.asked.get()));
        figures.put("calls", Long.toString(process.calls.get()));
        figures.put("batches", Long.toString(summary.batches()));
        figures.putAll(process.firstCall.get());
        figures.forEach((name, value) -> System.out.println(name + "=" + value));
    }

    private Summary run(Path input, Path folder, String categories, long stopAfter, int concurrency) {
        boolean noOp = categories.isEmpty() || categories.equals(PAID);
        Taxonomy taxonomy =
                noOp ? Taxonomy.of(SampleTable.CATEGORIES.toArray(String[]::new)) : Taxonomy.load(Path.of(categories));
        // Where it has to stop exactly, no second call may be in flight.
        int told = stopAfter > 0 ? 1 : concurrency;
        JobSettings settings = told > 0 ? JobSettings.defaults().withConcurrency(told) : JobSettings.defaults();
        try (CheckpointStore store = JdbcCheckpointStore.sqlite(folder.resolve("workspace"));
                Categorizer categorizer =
                        noOp ? new NoOpCategorizer(categories.isEmpty()) : LocalCategorizer.of(taxonomy)) {
            Job job = Job.builder()
                    .input(CsvSource.of(input).textColumns("text"))
                    .taxonomy(taxonomy)
                    .categorizer(new Counting(categorizer, stopAfter))
                    .checkpoints(store)
                    .output(folder.resolve("output.csv"))
                    .settings(settings)
                    .build();
            running.set(job);
            return job.run();
        }
    }

    /** Counts the rows that are asked about, notes when the first call came, and pauses the job after the last one wanted. */
    private final class Counting implements Categorizer {
        private final Categorizer categorizer;
        private final long stopAfter;

        Counting(Categorizer categorizer, long stopAfter) {
            this.categorizer = categorizer;
            this.stopAfter = stopAfter;
        }

        @Override
        public List<Outcome> categorize(List<Item> items) {
            calls.incrementAndGet();
            long before = asked.getAndAdd(items.size());
            if (before == 0) {
                firstCall.set(Map.of(
                        "first_call_wall_ms", Long.toString(Meter.wallMillis()),
                        "first_call_cpu_ms", Long.toString(Meter.cpuMillis())));
            }
            if (stopAfter > 0 && before + items.size() >= stopAfter) {
                running.get().pause("enough");
            }
            return categorizer.categorize(items);
        }

        @Override
        public Map<String, String> fingerprint() {
            return categorizer.fingerprint();
        }

        @Override
        public boolean isFree() {
            return categorizer.isFree();
        }

        @Override
        public int suggestedConcurrency() {
            return categorizer.suggestedConcurrency();
        }
    }
}

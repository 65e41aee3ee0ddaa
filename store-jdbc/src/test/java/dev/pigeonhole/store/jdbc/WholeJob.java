package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.JobListener;
import dev.pigeonhole.core.job.JobSettings;
import dev.pigeonhole.core.job.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A small job in a folder, on a store in SQLite, of which everybody knows what must come out. */
final class WholeJob {
    static final int ROWS = 45;
    static final int IN_FLIGHT_ROWS = 10;
    private static final Taxonomy COLOURS = Taxonomy.of("red", "green", "blue");

    private final Path folder;

    WholeJob(Path folder) {
        this.folder = folder;
    }

    void writeInput() throws IOException {
        StringBuilder csv = new StringBuilder("id,text\n");
        for (int row = 1; row <= ROWS; row++) {
            csv.append(row).append(",text ").append(row).append('\n');
        }
        Files.writeString(folder.resolve("input.csv"), csv);
    }

    Path output() {
        return folder.resolve("output.csv");
    }

    Path workspace() {
        return folder.resolve("workspace");
    }

    static String expectedOutput() {
        StringBuilder csv = new StringBuilder("id,text,category,category_status,category_confidence,category_source\n");
        for (int row = 1; row <= ROWS; row++) {
            csv.append(row)
                    .append(",text ")
                    .append(row)
                    .append(',')
                    .append(colour(row))
                    .append(",categorized,,test\n");
        }
        return csv.toString();
    }

    private static String colour(long row) {
        return COLOURS.names().get((int) (row % 3));
    }

    /**
     * Runs it, or goes on with it.
     *
     * @param step told each step of the disk, and {@code event …} for each event; may end the run by an error
     * @param asked told the rows of each call before it is answered
     */
    Summary run(Consumer<String> step, Consumer<List<Long>> asked) {
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(workspace())) {
            return run(store, step, asked);
        }
    }

    /** The same on a store that others use too. */
    Summary run(JdbcCheckpointStore store, Consumer<String> step, Consumer<List<Long>> asked) {
        JobListener listener = event -> step.accept("event " + event.getClass().getSimpleName());
        return Job.builder()
                .input(CsvSource.of(folder.resolve("input.csv")).textColumns("text"))
                .taxonomy(COLOURS)
                .categorizer(categorizer(asked))
                .checkpoints(store)
                .output(output())
                .disk(new SteppingDisk(step))
                .settings(JobSettings.defaults()
                        .withBatchSize(20)
                        .withSubBatchSize(5)
                        .withConcurrency(2))
                .build()
                .run(listener);
    }

    private static Categorizer categorizer(Consumer<List<Long>> asked) {
        return new Categorizer() {
            @Override
            public List<Outcome> categorize(List<Item> items) {
                asked.accept(items.stream().map(Item::row).toList());
                return items.stream()
                        .map(item -> (Outcome) Outcome.categorized(colour(item.row()), "test"))
                        .toList();
            }

            @Override
            public Map<String, String> fingerprint() {
                return Map.of("categorizer", "test");
            }
        };
    }
}

package dev.pigeonhole.bench;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.core.csv.CsvCells;
import dev.pigeonhole.core.csv.CsvRows;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.CsvValues;
import dev.pigeonhole.core.csv.RaggedPolicy;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import dev.pigeonhole.workspace.JobOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a workspace with one job whose rows are the texts of Banking77, again and again, each time a little different; outcomes as
 * the local categorizer's, written without the engine. Arguments: a folder, the folder of the example, and how many rows.
 */
final class WebJob {
    /** So many customers have a name of their own. */
    static final int CUSTOMERS = 20_000;

    private static final int AT_ONCE = 5_000;
    private static final List<String> OPENINGS = List.of("", "Hi, ", "Hello, ", "Please help. ", "Good morning! ");

    private final List<CsvValues> examples = new ArrayList<>();
    private final List<String> categories;
    private final Path folder;
    private final Path example;

    private WebJob(Path folder, Path example) {
        this.folder = folder;
        this.example = example.toAbsolutePath().normalize();
        this.categories = categories(example);
        CsvSource source = CsvSource.of(example.resolve("test.csv")).textColumns("text");
        try (CsvRows<CsvValues> rows = source.values(source.scan(), 1)) {
            rows.forEachRemaining(examples::add);
        }
    }

    static List<String> categories(Path example) {
        return Taxonomy.load(example.resolve("categories.yaml")).names();
    }

    static Path workspace(Path folder) {
        return folder.resolve("workspace");
    }

    public static void main(String[] args) throws IOException {
        long rows = Long.parseLong(args[2]);
        WebJob made = new WebJob(Path.of(args[0]).toAbsolutePath(), Path.of(args[1]));
        Path input = made.folder.resolve("tickets.csv");
        made.write(input, rows);
        try (CheckpointStore store = JdbcCheckpointStore.sqlite(workspace(made.folder))) {
            String id = store.create(made.plan(input)).id();
            try (JobLease lease = store.acquire(id, new Holder(1, "bench", Instant.EPOCH))) {
                made.record(lease, rows);
                lease.changeState(JobState.COMPLETED_WITH_FAILURES, null, "");
            }
            System.out.println("job=" + id);
        }
        System.out.println("bytes=" + Files.size(input));
    }

    private void write(Path input, long rows) throws IOException {
        CsvCells cells = CsvCells.delimitedBy(',');
        StringBuilder line = new StringBuilder();
        try (BufferedWriter out = Files.newBufferedWriter(input)) {
            out.write("id,text\n");
            for (long row = 1; row <= rows; row++) {
                line.setLength(0);
                cells.append(List.of("T-" + row, text(row)), line);
                out.append(line).append('\n');
            }
        }
    }

    private CsvValues example(long row) {
        return examples.get((int) (row * 7919 % examples.size()));
    }

    private String text(long row) {
        String opening = OPENINGS.get((int) (row / 3 % OPENINGS.size()));
        return opening + example(row).values().get(0) + " " + customer(row);
    }

    /** The name of who wrote this row. */
    static String customer(long row) {
        return RowsJob.word((int) (row * 31 % CUSTOMERS));
    }

    private JobPlan plan(Path input) {
        JobOptions options = new JobOptions(
                input,
                folder.resolve("output.csv"),
                Optional.of(example.resolve("categories.yaml")),
                List.of("text"),
                "auto",
                "auto",
                RaggedPolicy.AUTO,
                false,
                false,
                "local",
                new TreeMap<>(),
                2_000,
                20,
                2,
                false);
        SortedMap<String, String> launch = options.toMap();
        launch.put("id-column", "id");
        launch.put("file", "tickets.csv");
        return new JobPlan(
                "tickets",
                input,
                options.output(),
                new TreeMap<>(),
                launch,
                categories,
                options.source().scan());
    }

    private void record(JobLease lease, long rows) {
        Random random = new Random(1);
        List<RowOutcome> some = new ArrayList<>();
        for (long row = 1; row <= rows; row++) {
            some.add(new RowOutcome(row, outcome(row, random), 1 + (int) (row - 1) % 2_000 / 20, 1));
            if (some.size() == AT_ONCE || row == rows) {
                lease.record(some);
                some.clear();
            }
        }
    }

    /** Nine of ten as they should be, the others anything. */
    private Outcome outcome(long row, Random random) {
        int kind = random.nextInt(100);
        if (kind < 1) {
            return new Outcome.Failed(FailureCause.BAD_ANSWER, "the answer is not JSON");
        } else if (kind < 5) {
            return Outcome.unmatched("local");
        }
        String right = example(row).values().get(1);
        String category =
                kind < 14 || !categories.contains(right) ? categories.get(random.nextInt(categories.size())) : right;
        return new Outcome.Categorized(category, OptionalDouble.of(random.nextInt(10_000) / 10_000.0), "local");
    }
}

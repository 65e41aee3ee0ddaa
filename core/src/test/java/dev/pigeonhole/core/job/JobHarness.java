package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.RetryPolicy;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A folder with an input, a store and an output, and what is needed to run jobs on them. */
final class JobHarness {
    static final Taxonomy TAXONOMY = Taxonomy.of("red", "green", "blue");

    final Path directory;
    final Path input;
    final Path output;
    final CheckpointStore store;
    final List<JobEvent> events = new ArrayList<>();
    JobSettings settings = JobSettings.defaults()
            .withBatchSize(10)
            .withSubBatchSize(3)
            .withConcurrency(4)
            .withRetries(RetryPolicy.exponential(3, Duration.ZERO, Duration.ZERO, () -> 0));

    JobHarness(Path directory) {
        this(directory, CheckpointStore.inMemory(directory.resolve("workspace")));
    }

    JobHarness(Path directory, CheckpointStore store) {
        this.directory = directory;
        this.input = directory.resolve("input.csv");
        this.output = directory.resolve("output.csv");
        this.store = store;
    }

    /** Rows of which some have no text, some match nothing, and the others belong to the categories in turn. */
    JobHarness rows(int rows) {
        StringBuilder csv = new StringBuilder("id,text\n");
        for (int row = 1; row <= rows; row++) {
            csv.append(row).append(',').append(text(row)).append('\n');
        }
        return content(csv.toString());
    }

    JobHarness content(String csv) {
        write(input, csv);
        return this;
    }

    static String text(long row) {
        if (row % 11 == 0) {
            return "";
        } else if (row % 13 == 0) {
            return "nothing " + row;
        }
        return "\"text, " + row + "\"";
    }

    /** The answer that belongs to an item, whoever gives it. */
    static Outcome answer(Item item) {
        if (item.text().startsWith("nothing")) {
            return Outcome.unmatched("script");
        }
        String name = TAXONOMY.names().get((int) (item.row() % 3));
        return new Outcome.Categorized(name, OptionalDouble.of(item.row() % 100 / 100.0), "script");
    }

    /** What the output of {@link #rows} must be, made without the engine. */
    static String expectedOutput(int rows) {
        StringBuilder csv = new StringBuilder("id,text,category,category_status,category_confidence,category_source\n");
        for (int row = 1; row <= rows; row++) {
            csv.append(row).append(',').append(text(row)).append(',');
            if (row % 11 == 0) {
                csv.append(",skipped,,");
            } else if (row % 13 == 0) {
                csv.append(",unmatched,,script");
            } else {
                csv.append(TAXONOMY.names().get(row % 3))
                        .append(",categorized,0.")
                        .append(String.format("%02d00", row % 100))
                        .append(",script");
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    static ScriptedCategorizer.Builder script() {
        return ScriptedCategorizer.answering(JobHarness::answer);
    }

    Job job(Categorizer categorizer) {
        return job(categorizer, builder -> builder);
    }

    Job job(Categorizer categorizer, UnaryOperator<Job.Builder> changes) {
        return changes.apply(Job.builder()
                        .input(CsvSource.of(input).textColumns("text"))
                        .taxonomy(TAXONOMY)
                        .categorizer(categorizer)
                        .checkpoints(store)
                        .output(output)
                        .settings(settings))
                .build();
    }

    Summary run(Categorizer categorizer) {
        return job(categorizer).run(events::add);
    }

    Summary run(Categorizer categorizer, UnaryOperator<Job.Builder> changes) {
        return job(categorizer, changes).run(events::add);
    }

    /** Runs a job that is asked to pause by the call that reaches this many rows. */
    Summary runUntil(Categorizer categorizer, long rows) {
        AtomicReference<Job> job = new AtomicReference<>();
        AtomicLong asked = new AtomicLong();
        job.set(job(new Categorizer() {
            @Override
            public List<Outcome> categorize(List<Item> items) {
                if (asked.addAndGet(items.size()) >= rows) {
                    job.get().pause("test");
                }
                return categorizer.categorize(items);
            }

            @Override
            public Map<String, String> fingerprint() {
                return categorizer.fingerprint();
            }
        }));
        return job.get().run(events::add);
    }

    String outputText() {
        return read(output);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.pigeonhole.examples;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.JobPausedException;
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
import java.util.concurrent.atomic.AtomicInteger;

/** A provider's quota ends in the middle of a job; the same job, run again later, asks only about the rows that are left. */
public final class ResumeAfterPause {
    private ResumeAfterPause() {}

    /** First argument: folder with the tickets; second: folder to write to. */
    public static void main(String[] args) {
        run(Path.of(args[0]), Path.of(args[1]));
    }

    static List<Summary> run(Path tickets, Path folder) {
        Taxonomy taxonomy = Taxonomy.load(tickets.resolve("categories.yaml"));
        Job.Builder builder = Job.builder()
                .input(CsvSource.of(tickets.resolve("tickets.csv")).textColumns("subject", "body"))
                .taxonomy(taxonomy)
                .output(folder.resolve("output.csv"))
                .settings(JobSettings.defaults().withSubBatchSize(5).withConcurrency(1));
        try (CheckpointStore checkpoints = JdbcCheckpointStore.sqlite(folder.resolve(".pigeonhole"))) {
            builder.checkpoints(checkpoints);
            Summary today =
                    builder.categorizer(new Metered(taxonomy, 3)).build().run();
            System.out.println(today.state() + " " + today.reason() + ", " + today.left() + " rows left");
            Summary tomorrow =
                    builder.categorizer(new Metered(taxonomy, 100)).build().run();
            System.out.println(tomorrow.state() + ", " + tomorrow.rowsBefore() + " rows were there already");
            return List.of(today, tomorrow);
        }
    }

    /** Answers so many calls, then says that there is no quota left. */
    private static final class Metered implements Categorizer {
        private final Categorizer inner;
        private final AtomicInteger callsLeft;

        Metered(Taxonomy taxonomy, int calls) {
            inner = LocalCategorizer.of(taxonomy);
            callsLeft = new AtomicInteger(calls);
        }

        @Override
        public List<Outcome> categorize(List<Item> items) {
            if (callsLeft.getAndDecrement() <= 0) {
                throw new JobPausedException(PauseReason.QUOTA, "no calls left today", null);
            }
            return inner.categorize(items);
        }

        @Override
        public Map<String, String> fingerprint() {
            return inner.fingerprint();
        }
    }
}

package dev.pigeonhole.examples;

import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.local.LocalCategorizer;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import java.nio.file.Path;

/** Runs a job with the offline categorizer and keeps its checkpoints in SQLite. Run it twice: nothing is asked again. */
public final class QuickStart {
    private QuickStart() {}

    /** First argument: folder with the tickets; second: folder to write to. */
    public static void main(String[] args) {
        run(Path.of(args[0]), Path.of(args[1]));
    }

    static Summary run(Path tickets, Path folder) {
        Taxonomy taxonomy = Taxonomy.load(tickets.resolve("categories.yaml"));
        try (Categorizer categorizer = LocalCategorizer.of(taxonomy);
                CheckpointStore checkpoints = JdbcCheckpointStore.sqlite(folder.resolve(".pigeonhole"))) {
            Job job = Job.builder()
                    .input(CsvSource.of(tickets.resolve("tickets.csv")).textColumns("subject", "body"))
                    .taxonomy(taxonomy)
                    .categorizer(categorizer)
                    .checkpoints(checkpoints)
                    .output(folder.resolve("output.csv"))
                    .build();
            Summary summary = job.run(QuickStart::tell);
            System.out.println(summary.state() + ": " + summary.rows() + " rows, " + summary.counts());
            return summary;
        }
    }

    private static void tell(JobEvent event) {
        if (event instanceof JobEvent.Advanced advanced) {
            System.out.println(advanced.progress().percent() + " %");
        } else if (event instanceof JobEvent.Notice notice) {
            System.out.println("note: " + notice.message());
        }
    }
}

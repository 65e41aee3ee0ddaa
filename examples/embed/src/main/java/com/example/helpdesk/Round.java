package com.example.helpdesk;

import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.JobSettings;
import dev.pigeonhole.core.job.Summary;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/**
 * Sorts the tickets of one round, in a thread of the application. A round that was paused, or whose process ended, goes on as a new
 * {@code Round} of the same name; no ticket is asked about again. Thread-safe.
 */
final class Round {
    private final Path output;
    private final Job job;

    /**
     * Takes the tickets out of the inbox, unless an earlier {@code Round} of this name has done so.
     *
     * @param folder the application's own, for tickets and results
     * @param name of the round, such as a date
     */
    Round(Path folder, String name, Inbox inbox, Categorizer categorizer, CheckpointStore checkpoints) {
        Path input = folder.resolve(name + ".csv");
        output = folder.resolve(name + "-sorted.csv");
        Spool.writeUnlessThere(input, inbox);
        job = Job.builder()
                .name(name)
                .input(CsvSource.of(input).textColumns("subject", "body"))
                .taxonomy(DeskRules.TAXONOMY)
                .categorizer(categorizer)
                .checkpoints(checkpoints)
                .settings(JobSettings.defaults().withSubBatchSize(10).withConcurrency(2))
                .output(output)
                .build();
    }

    /**
     * Begins, or goes on.
     *
     * @param percent told how far it is, in the thread of the executor; should return soon
     * @return how it ended; a pause is an end too
     */
    CompletableFuture<Summary> start(Executor executor, IntConsumer percent) {
        return CompletableFuture.supplyAsync(() -> job.run(event -> tell(event, percent)), executor);
    }

    private static void tell(JobEvent event, IntConsumer percent) {
        if (event instanceof JobEvent.Advanced advanced) {
            percent.accept(advanced.progress().percent());
        } else if (event instanceof JobEvent.RowFailed failed) {
            System.err.println("ticket in row " + failed.row() + ": " + failed.message());
        }
    }

    /** Calls in flight are waited for; what they bring is kept. */
    void pause() {
        job.pause("paused at the help desk");
    }

    /** What is in the results, once the round has ended with {@code COMPLETED}. */
    Results results() {
        return Results.read(output);
    }
}

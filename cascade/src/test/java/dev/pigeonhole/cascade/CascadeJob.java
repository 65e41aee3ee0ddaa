package dev.pigeonhole.cascade;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.JobSettings;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A job with a cascade over a corpus, in a folder of its own. */
final class CascadeJob {
    final Path directory;
    final Corpus corpus;
    final CheckpointStore store;
    final List<String> notices = new ArrayList<>();
    CascadeSettings settings = CascadeSettings.of(0.95).withAudits(0.02, 50, 1_000);
    RankerProvider learner = new WordVotes();
    int concurrency = 4;

    CascadeJob(Path directory, Corpus corpus) {
        this(directory, corpus, CheckpointStore.inMemory(directory.resolve("workspace")));
    }

    CascadeJob(Path directory, Corpus corpus, CheckpointStore store) {
        this.directory = directory;
        this.corpus = corpus;
        this.store = store;
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("input.csv"), corpus.csv());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ScriptedCategorizer oracle() {
        return oracle(corpus::answer);
    }

    ScriptedCategorizer oracle(Function<Item, Outcome> answers) {
        return ScriptedCategorizer.answering(answers).suggesting(concurrency).build();
    }

    Summary run(Categorizer oracle) {
        return run(oracle, job -> job);
    }

    Summary run(Categorizer oracle, UnaryOperator<Job.Builder> changes) {
        return job(oracle, changes).run(this::note);
    }

    Job job(Categorizer oracle, UnaryOperator<Job.Builder> changes) {
        return changes.apply(Job.builder()
                        .input(CsvSource.of(directory.resolve("input.csv")).textColumns("text"))
                        .taxonomy(Corpus.taxonomy())
                        .categorizer(CascadeCategorizer.over(oracle, Corpus.taxonomy(), learner, settings))
                        .checkpoints(store)
                        .output(directory.resolve("output.csv"))
                        .settings(JobSettings.defaults()
                                .withBatchSize(500)
                                .withSubBatchSize(20)
                                .withConcurrency(concurrency)))
                .build();
    }

    void note(JobEvent event) {
        if (event instanceof JobEvent.Notice notice) {
            notices.add(notice.message());
        }
    }

    /** The lines of the output without its header. */
    List<String> output() {
        try {
            List<String> lines = Files.readAllLines(directory.resolve("output.csv"));
            return lines.subList(1, lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long local() {
        return output().stream().filter(line -> line.endsWith(",local")).count();
    }

    /** Rows whose outcome is the one that asking would have brought. */
    double agreement() {
        List<String> lines = output();
        long agreeing = lines.stream().filter(this::agrees).count();
        return (double) agreeing / lines.size();
    }

    private boolean agrees(String line) {
        String[] cells = line.split(",", -1);
        return cells[1].equals(corpus.label(cells[0]));
    }
}

package dev.pigeonhole.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.TinyCsv;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random jobs with random trouble, paused at random and gone on with to the end, against an oracle that knows no engine. */
class EnginePropertyTest {
    private static final int MOST_RUNS = 300;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverHappensEveryRowIsWrittenOnceWithItsAnswer(long seed) {
        Random random = new Random(seed);
        RandomJob job = new RandomJob(random);
        JobHarness harness = new JobHarness(directory).content(job.input());
        harness.settings = harness.settings
                .withBatchSize(1 + random.nextInt(40))
                .withSubBatchSize(1 + random.nextInt(12))
                .withConcurrency(1 + random.nextInt(8));

        Summary summary = runToTheEnd(harness, job, random);

        assertThat(harness.outputText()).isEqualTo(job.expected());
        assertThat(job.askedTwice).hasValue(0);
        requireErrorsFile(summary, job);

        job.heal();
        Summary well = run(harness, job, () -> {}, b -> b.id(summary.jobId()).retryFailed(true));

        assertThat(harness.outputText()).isEqualTo(job.expectedWhenWell());
        assertThat(job.askedTwice).hasValue(0);
        assertThat(well.tally().byCause().keySet()).isSubsetOf(FailureCause.CSV_SHAPE);
        assertThat(well.counts().categorized() + well.counts().unmatched()).isEqualTo(job.rowsToAsk());
        requireErrorsFile(well, job);
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 150), LongStream.of(System.nanoTime()));
    }

    private static Summary runToTheEnd(JobHarness harness, RandomJob job, Random random) {
        for (int run = 1; run <= MOST_RUNS; run++) {
            int callsUntilPause = random.nextInt(3) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(8);
            AtomicInteger calls = new AtomicInteger();
            AtomicReference<Runnable> pause = new AtomicReference<>(() -> {});
            Runnable onCall = () -> {
                if (calls.incrementAndGet() == callsUntilPause) {
                    pause.get().run();
                }
            };
            Summary summary = run(harness, job, onCall, UnaryOperator.identity(), pause);
            if (summary.state() != JobState.PAUSED) {
                return summary;
            }
            assertThat(harness.output).doesNotExist();
            assertThat(summary.left()).isNotNegative();
        }
        throw new AssertionError("not finished after " + MOST_RUNS + " runs");
    }

    private static Summary run(JobHarness harness, RandomJob job, Runnable onCall, UnaryOperator<Job.Builder> changes) {
        return run(harness, job, onCall, changes, new AtomicReference<>());
    }

    /** Runs once, and checks what has to hold for every run. */
    private static Summary run(
            JobHarness harness,
            RandomJob job,
            Runnable onCall,
            UnaryOperator<Job.Builder> changes,
            AtomicReference<Runnable> pause) {
        job.answers.set(0);
        job.transients.set(0);
        harness.events.clear();
        Job running = harness.job(
                job.categorizer(onCall),
                builder -> changes.apply(builder.taxonomy(RandomJob.taxonomy())
                        .input(CsvSource.of(harness.input)
                                .textColumns("text")
                                .delimiter(String.valueOf(job.delimiter())))));
        pause.set(() -> running.pause("test"));

        Summary summary = running.run(harness.events::add);

        assertThat(summary.rows()).isEqualTo(job.rowCount());
        assertThat(Summary.addsUp(job.rowCount() - summary.left(), summary.tally()))
                .as("%s", summary)
                .isTrue();
        // Those that were given up count too; each of them left at least one failed row.
        assertThat(summary.calls())
                .isBetween(
                        (long) job.answers.get(),
                        job.answers.get() + summary.counts().failed());
        requireRetries(summary, job);
        requireProgress(harness.events, summary);
        return summary;
    }

    /** Every failure that may pass is followed by a retry, unless the attempts are used up. */
    private static void requireRetries(Summary summary, RandomJob job) {
        assertThat(summary.retries()).isLessThanOrEqualTo(job.transients.get());
        boolean gaveUp = summary.tally().byCause().containsKey(FailureCause.TIMEOUT)
                || summary.reason()
                        .filter(r -> r == PauseReason.PROVIDER_UNAVAILABLE)
                        .isPresent();
        if (!gaveUp) {
            assertThat(summary.retries()).isEqualTo(job.transients.get());
        }
    }

    private static void requireProgress(List<JobEvent> events, Summary summary) {
        List<Long> done = events.stream()
                .filter(JobEvent.Advanced.class::isInstance)
                .map(event -> ((JobEvent.Advanced) event).progress().done())
                .toList();
        assertThat(done).isSorted();
        if (!done.isEmpty()) {
            assertThat(done).last().isEqualTo(summary.counts().total());
        }
        assertThat(events).last().isEqualTo(new JobEvent.Ended(summary));
    }

    private static void requireErrorsFile(Summary summary, RandomJob job) {
        String errors = JobHarness.read(summary.errors().orElseThrow());
        List<List<String>> records = TinyCsv.records(errors, job.delimiter());
        assertThat(records).hasSize(1 + (int) summary.counts().failed());
        assertThat(records).allMatch(record -> record.size() == 10);
        assertThat(records.stream().skip(1).map(record -> record.get(7)).toList())
                .as("the id in front of the row is the row's own")
                .isEqualTo(records.stream().skip(1).map(record -> record.get(0)).toList());
    }
}

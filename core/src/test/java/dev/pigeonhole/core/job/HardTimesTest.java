package dev.pigeonhole.core.job;

import static dev.pigeonhole.core.job.JobHarness.expectedOutput;
import static dev.pigeonhole.core.job.JobHarness.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.categorize.RetryPolicy;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.job.FaultyStore.Operation;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Interrupts without end, waits of an hour, a store that hangs, files in each other's place. */
class HardTimesTest {
    private static final int ROWS = 200;
    private static final int ROWS_WITH_TEXT = 182;
    private static final int IN_FLIGHT = 4;
    private static final int SUB_BATCH = 3;

    @TempDir
    Path directory;

    @Test
    void aStormOfInterruptsOnAllThreadsOfARunLosesNothingAndAsksNoMoreThanWasInFlight() {
        long seed = new Random().nextLong();
        JobHarness harness = new JobHarness(directory).rows(ROWS);
        ScriptedCategorizer categorizer = script().build();
        int runs = 0;
        boolean complete = false;
        while (!complete) {
            runs++;
            Storm storm = new Storm(new Random(seed + runs));
            try {
                if (runs <= 25) {
                    storm.begin();
                }
                complete = harness.run(categorizer).state() == JobState.COMPLETED;
            } catch (StorageException e) {
                // Files that were being written are closed by an interrupt.
                assertThat(e).as("seed %d", seed).hasStackTraceContaining("ClosedByInterruptException");
            } finally {
                storm.end();
            }
        }

        assertThat(harness.outputText()).as("seed %d", seed).isEqualTo(expectedOutput(ROWS));
        assertThat(categorizer.rowsAsked())
                .as("asked in %d runs, seed %d", runs, seed)
                .isBetween((long) ROWS_WITH_TEXT, ROWS_WITH_TEXT + (long) runs * IN_FLIGHT * SUB_BATCH);
    }

    /** Interrupts the thread that made it, and all threads of jobs, at random until its end. */
    private static final class Storm {
        private final Thread victim = Thread.currentThread();
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread;

        Storm(Random random) {
            thread = new Thread(() -> blow(random));
        }

        void begin() {
            thread.start();
        }

        private void blow(Random random) {
            while (!over.get()) {
                LockSupport.parkNanos(random.nextInt(3_000_000));
                Thread[] all = new Thread[1_000];
                int count = Thread.enumerate(all);
                for (int i = 0; i < count; i++) {
                    boolean ours = all[i].getName().startsWith("pigeonhole-");
                    if (random.nextInt(4) == 0 && (ours || (all[i] == victim && !over.get()))) {
                        all[i].interrupt();
                    }
                }
            }
        }

        void end() {
            over.set(true);
            boolean ended = false;
            while (!ended) {
                try {
                    thread.join();
                    ended = true;
                } catch (InterruptedException e) {
                    // The last gust.
                    ended = false;
                }
            }
            Thread.interrupted();
        }
    }

    @Test
    void aPauseEndsAWaitOfAnHourBeforeARetry() {
        JobHarness harness = new JobHarness(directory).rows(50);
        harness.settings = harness.settings.withRetries(
                RetryPolicy.exponential(3, Duration.ofHours(1), Duration.ofHours(1), () -> 1));
        ScriptedCategorizer categorizer = script().failingCall(
                        1, () -> new TransientCategorizerException(FailureCause.TIMEOUT, "no answer", null, null))
                .build();
        Job job = harness.job(categorizer);

        Summary paused = job.run(event -> {
            if (event instanceof JobEvent.Retrying) {
                job.pause("enough");
            }
        });

        assertThat(paused.state()).isEqualTo(JobState.PAUSED);
        assertThat(harness.run(categorizer).state()).isEqualTo(JobState.COMPLETED);
        assertThat(harness.outputText()).isEqualTo(expectedOutput(50));
    }

    /** As with a force that takes half a minute. */
    @Test
    void whileTheStoreHangsNoMoreIsSentThanMayBeInFlight() {
        CheckpointStore store = CheckpointStore.inMemory(directory.resolve("workspace"));
        AtomicLong mostUnrecorded = new AtomicLong();
        AtomicLong begun = new AtomicLong();
        AtomicLong recorded = new AtomicLong();
        ScriptedCategorizer categorizer = ScriptedCategorizer.answering(item -> {
                    mostUnrecorded.accumulateAndGet(begun.incrementAndGet() - recorded.get(), Math::max);
                    return JobHarness.answer(item);
                })
                .build();
        JobHarness harness = new JobHarness(directory, new FaultyStore(store, operation -> {
            if (operation == Operation.RECORD) {
                while (categorizer.calls() < IN_FLIGHT) {
                    Thread.onSpinWait();
                }
            } else if (operation == Operation.RECORDED) {
                recorded.set(store.counts(store.jobs().get(0).id()).total());
            }
        }));
        harness.content(input(ROWS));

        assertThat(harness.run(categorizer).state()).isEqualTo(JobState.COMPLETED);

        assertThat(mostUnrecorded).hasValueLessThanOrEqualTo(IN_FLIGHT * SUB_BATCH);
        assertThat(categorizer.rowsAsked()).isEqualTo(ROWS);
    }

    @Test
    void batchFilesInEachOthersPlaceOrOfAnotherJobAreMadeAgainWithoutACall() throws IOException {
        JobHarness harness = new JobHarness(directory).rows(50);
        Summary first = harness.run(script().build());
        JobHarness other = new JobHarness(Files.createDirectory(directory.resolve("other"))).rows(60);
        Summary foreign = other.run(script().build());
        JobHarness.delete(harness.output);
        Path batches = first.directory().resolve("batches");
        Files.move(batches.resolve("batch-00001.csv"), batches.resolve("kept"));
        Files.move(batches.resolve("batch-00002.csv"), batches.resolve("batch-00001.csv"));
        Files.move(batches.resolve("kept"), batches.resolve("batch-00002.csv"));
        JobHarness.write(
                batches.resolve("batch-00005.csv"),
                JobHarness.read(foreign.directory().resolve("batches").resolve("batch-00006.csv")));
        ScriptedCategorizer second = script().build();

        harness.run(second);

        assertThat(harness.outputText()).isEqualTo(expectedOutput(50));
        assertThat(second.calls()).isZero();
    }

    enum Change {
        DELETED,
        TRUNCATED,
        APPENDED,
        A_ROW_MORE_IN_PLACE_OF_TEXT,
        SAME_SIZE_AND_TIME
    }

    /** With the first call under way, so that nearly all rows are still to be read, or have to be read again for their batch file. */
    @ParameterizedTest
    @EnumSource
    void anInputThatIsChangedWhileTheJobRunsIsRefusedAndNothingIsPublished(Change change) throws IOException {
        JobHarness harness = new JobHarness(directory);
        String original = input(ROWS);
        harness.content(original);
        AtomicBoolean changed = new AtomicBoolean();
        ScriptedCategorizer categorizer = ScriptedCategorizer.answering(item -> {
                    if (changed.compareAndSet(false, true)) {
                        apply(change, harness.input);
                    }
                    return JobHarness.answer(item);
                })
                .build();

        assertThatThrownBy(() -> harness.run(categorizer)).isInstanceOf(PigeonholeException.class);

        assertThat(harness.output).doesNotExist();
        assertThatThrownBy(() -> harness.run(categorizer)).isInstanceOf(PigeonholeException.class);
        harness.content(original);
        assertThat(harness.run(categorizer).state()).isEqualTo(JobState.COMPLETED);
        assertThat(harness.outputText().lines().map(line -> line.split(",", 3)[1]))
                .isEqualTo(original.lines().map(line -> line.split(",", 3)[1]).toList());
    }

    @Test
    void whatWasAnsweredAboutAChangedInputIsNoOutcomeOfTheRowsThatStandThereAgain() {
        JobHarness harness = new JobHarness(directory);
        String original = input(ROWS);
        harness.content(original);
        ScriptedCategorizer categorizer = ScriptedCategorizer.answering(
                        item -> Outcome.categorized(item.text().startsWith("WORD") ? "red" : "blue", "script"))
                .build();
        Job job = harness.job(categorizer);

        // Scanned, but not read for the categorizer yet.
        assertThatThrownBy(() -> job.run(event -> {
                    if (event instanceof JobEvent.Started) {
                        apply(Change.SAME_SIZE_AND_TIME, harness.input);
                    }
                }))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("was changed while the job ran");
        harness.content(original);
        harness.run(categorizer);

        assertThat(harness.outputText()).contains("blue").doesNotContain("red");
    }

    private static String input(int rows) {
        return "id,text\n"
                + IntStream.rangeClosed(1, rows)
                        .mapToObj(row -> row + ",word " + row + "\n")
                        .collect(Collectors.joining());
    }

    private static void apply(Change change, Path input) {
        try {
            String text = Files.readString(input);
            FileTime time = Files.getLastModifiedTime(input);
            switch (change) {
                case DELETED -> Files.delete(input);
                case TRUNCATED -> Files.writeString(input, text.substring(0, text.length() / 2));
                case APPENDED -> Files.writeString(input, text + "201,word 201\n");
                case A_ROW_MORE_IN_PLACE_OF_TEXT -> Files.writeString(input, text.replace("word 150", "x\n150,y"));
                case SAME_SIZE_AND_TIME -> {
                    Object before = Files.getAttribute(input, "unix:ctime");
                    do { // That clock has ticks of some milliseconds.
                        Files.writeString(input, text.replace("word 1", "WORD 1"));
                        Files.setLastModifiedTime(input, time);
                    } while (Files.getAttribute(input, "unix:ctime").equals(before));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

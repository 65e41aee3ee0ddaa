package dev.pigeonhole.core.job;

import static dev.pigeonhole.core.job.JobHarness.expectedOutput;
import static dev.pigeonhole.core.job.JobHarness.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.StaleLeaseException;
import dev.pigeonhole.core.job.FaultyStore.Operation;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lets every single write to the store fail in turn: the n-th, for n = 1, 2, … until a run does not come so far. */
class FaultyStoreTest {
    private static final int ROWS = 45;
    private static final int ROWS_WITH_TEXT = 41;

    @TempDir
    Path directory;

    enum Fault {
        /** The n-th operation fails, the next ones work. */
        ONCE,
        /** The n-th and all later ones fail. */
        FROM_THEN_ON
    }

    /** Counts operations of some kinds, and lets the n-th fail. */
    private static final class FailingAt implements FaultyStore.Script {
        private final AtomicInteger operations = new AtomicInteger();
        private final Set<Operation> kinds;
        private final int failing;
        private final Fault fault;

        FailingAt(int failing, Fault fault, Set<Operation> kinds) {
            this.kinds = kinds;
            this.failing = failing;
            this.fault = fault;
        }

        @Override
        public void on(Operation operation) {
            int number = kinds.contains(operation) ? operations.incrementAndGet() : 0;
            if (number == failing || (fault == Fault.FROM_THEN_ON && number > failing)) {
                throw FaultyStore.fault(operation);
            }
        }

        boolean reached() {
            return operations.get() >= failing;
        }
    }

    /** Two harnesses on one folder and one store: in the first the store fails. */
    private static final class Pair {
        final JobHarness faulty;
        final JobHarness well;

        Pair(Path folder, FaultyStore.Script script) {
            CheckpointStore store = CheckpointStore.inMemory(folder.resolve("workspace"));
            faulty = new JobHarness(folder, new FaultyStore(store, script)).rows(ROWS);
            well = new JobHarness(folder, store);
            // One call at a time, so that n means the same in every run.
            faulty.settings = faulty.settings.withConcurrency(1);
        }
    }

    private Pair pair(int n, FaultyStore.Script script) throws IOException {
        return new Pair(Files.createDirectory(directory.resolve("n" + n)), script);
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultStopsClearlyPublishesNothingWrongAndTheJobCompletesAfterwards(Fault fault) throws IOException {
        for (int n = 1; ; n++) {
            FailingAt script = new FailingAt(n, fault, EnumSet.allOf(Operation.class));
            Pair pair = pair(n, script);
            ScriptedCategorizer categorizer = script().build();
            if (!run(pair.faulty, categorizer, script, n)) {
                assertThat(n).isGreaterThan(15);
                return;
            }
            if (Files.exists(pair.well.output)) {
                assertThat(pair.well.outputText()).as("published, n = %d", n).isEqualTo(expectedOutput(ROWS));
            }
            assertThat(pair.well.store.jobs()).noneMatch(job -> job.state().isFinished());

            Summary summary = pair.well.run(categorizer);

            assertThat(summary.state()).as("n = %d", n).isEqualTo(JobState.COMPLETED);
            assertThat(pair.well.outputText()).as("n = %d", n).isEqualTo(expectedOutput(ROWS));
            if (fault == Fault.ONCE) {
                assertThat(categorizer.rowsAsked()).as("asked, n = %d", n).isEqualTo(ROWS_WITH_TEXT);
            }
            assertThat(pair.well.run(categorizer).message()).isEqualTo("nothing left to do");
        }
    }

    /** Whether the run came to the fault. */
    private static boolean run(JobHarness harness, Categorizer categorizer, FailingAt script, int n) {
        try {
            harness.run(categorizer);
        } catch (StorageException e) {
            assertThat(e).as("n = %d", n).hasMessageContaining("the database is gone at");
            return true;
        }
        assertThat(script.reached()).as("fault %d was met and not told", n).isFalse();
        return false;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aRecordThatFailsOnceLosesNoAnswer(int concurrency) throws IOException {
        for (int n = 1; ; n++) {
            FailingAt script = new FailingAt(n, Fault.ONCE, EnumSet.of(Operation.RECORD));
            Pair pair = pair(n, script);
            pair.faulty.settings = pair.faulty.settings.withConcurrency(concurrency);
            ScriptedCategorizer categorizer = script().build();
            if (!run(pair.faulty, categorizer, script, n)) {
                // As many commits as answers if they come one by one; as few as they like if they come at once.
                assertThat(n).isGreaterThan(1);
                return;
            }
            long answered = pair.well
                            .store
                            .tally(onlyJob(pair.well).id())
                            .counts()
                            .categorized()
                    + pair.well.store.tally(onlyJob(pair.well).id()).counts().unmatched();
            assertThat(answered).as("kept, n = %d", n).isEqualTo(categorizer.rowsAsked());
            assertThat(onlyJob(pair.well).state()).isEqualTo(JobState.FAILED);
            assertThat(onlyJob(pair.well).message()).contains("the database is gone at RECORD");

            pair.well.run(categorizer);

            assertThat(categorizer.rowsAsked()).as("asked, n = %d", n).isEqualTo(ROWS_WITH_TEXT);
            assertThat(pair.well.outputText()).isEqualTo(expectedOutput(ROWS));
        }
    }

    /** An answer that was paid for and could not be entered is lost; one that was entered is not, whatever the store said then. */
    @ParameterizedTest
    @EnumSource
    void everyFaultWhileCallsAreEnteredStopsClearlyAndWhatIsEnteredIsNeverPaidAgain(Fault fault) throws IOException {
        Set<Operation> ofCalls = EnumSet.range(Operation.BEGIN_CALL, Operation.CALL_ANSWERED);
        for (int n = 1; ; n++) {
            FailingAt script = new FailingAt(n, fault, ofCalls);
            Pair pair = pair(n, script);
            pair.faulty.content("id,text\n"
                    + IntStream.rangeClosed(1, 20)
                            .mapToObj(row -> row + ",text " + row + " red\n")
                            .collect(Collectors.joining()));
            PayingCategorizer categorizer = new PayingCategorizer();
            if (!run(pair.faulty, categorizer, script, n)) {
                assertThat(n).isGreaterThan(4 * 7);
                return;
            }
            assertThat(onlyJob(pair.well).state()).as("n = %d", n).isEqualTo(JobState.FAILED);

            assertThat(pair.well.run(categorizer).state()).as("n = %d", n).isEqualTo(JobState.COMPLETED);

            assertThat(pair.well.outputText().lines().skip(1))
                    .as("n = %d", n)
                    .hasSize(20)
                    .allMatch(line -> line.endsWith(" red,red,categorized,,paying"));
            boolean lost = ofCalls.toArray()[(n - 1) % 4] == Operation.ANSWER_CALL;
            assertThat(categorizer.rowsBilled()).as("n = %d", n).isLessThanOrEqualTo(lost ? 20 + 3 : 20);
        }
    }

    @Test
    void aStoreThatIsGoneForGoodEndsTheRunWithAllCallsInFlight() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        ScriptedCategorizer categorizer = script().waitingFor(gate).build();
        Pair pair = pair(1, operation -> {
            if (operation == Operation.RECORD) {
                gate.countDown();
                throw FaultyStore.fault(operation);
            }
        });
        pair.faulty.settings = pair.faulty.settings.withConcurrency(4).withBatchSize(20);
        // The rows without text come first, so that a commit is tried while four calls wait.
        pair.faulty.content("id,text\n" + "1,\n".repeat(20) + "2,word\n".repeat(60));

        assertThatThrownBy(() -> pair.faulty.run(categorizer))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("RECORD");

        assertThat(pair.well.output).doesNotExist();
        assertThat(onlyJob(pair.well).state()).isEqualTo(JobState.FAILED);
    }

    /** All rows have an outcome, but the reader is stopped before it comes to the end of a batch that has no file yet. */
    @Test
    void aJobThatOnlyHasFilesToWriteCanBePausedToo() throws IOException {
        Pair pair = pair(1, new FailingAt(1, Fault.ONCE, EnumSet.of(Operation.PUBLISH_BATCH_BEFORE_MOVE)));
        pair.faulty.settings = pair.faulty.settings.withBatchSize(ROWS);
        pair.well.settings = pair.faulty.settings;
        ScriptedCategorizer categorizer = script().build();
        assertThatThrownBy(() -> pair.faulty.run(categorizer)).isInstanceOf(StorageException.class);
        Job job = pair.well.job(categorizer);
        job.pause("early");

        Summary paused = job.run();

        assertThat(paused.state()).isEqualTo(JobState.PAUSED);
        assertThat(paused.left()).isZero();
        assertThat(pair.well.run(categorizer).state()).isEqualTo(JobState.COMPLETED);
        assertThat(pair.well.outputText()).isEqualTo(expectedOutput(ROWS));
        assertThat(categorizer.rowsAsked()).isEqualTo(ROWS_WITH_TEXT);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "RECORD",
                "PUBLISH_BATCH_BEFORE_MOVE",
                "PUBLISH_OUTPUT_BEFORE_MOVE",
            })
    void aJobThatWasTakenOverIsLeftAlone(Operation when) throws IOException {
        AtomicInteger reached = new AtomicInteger();
        Pair pair = pair(1, operation -> {
            if (operation == when || reached.get() > 0) {
                reached.incrementAndGet();
                throw new StaleLeaseException("job", 1);
            }
        });
        ScriptedCategorizer categorizer = script().build();

        assertThatThrownBy(() -> pair.faulty.run(categorizer)).isInstanceOf(StaleLeaseException.class);

        assertThat(pair.well.output).doesNotExist();
        JobRecord job = onlyJob(pair.well);
        assertThat(job.output()).isEmpty();
        assertThat(job.state()).as("the state is the new holder's to set").isEqualTo(JobState.INTERRUPTED);
        assertThat(pair.well.run(categorizer).state()).isEqualTo(JobState.COMPLETED);
        assertThat(pair.well.outputText()).isEqualTo(expectedOutput(ROWS));
    }

    private static JobRecord onlyJob(JobHarness harness) {
        List<JobRecord> jobs = harness.store.jobs();
        assertThat(jobs).hasSize(1);
        return jobs.get(0);
    }
}

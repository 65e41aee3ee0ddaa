package dev.pigeonhole.core.job;

import static dev.pigeonhole.core.job.JobHarness.expectedOutput;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.file.SimulatedDisk;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets memory run out at every place where the engine calls something else: disk, store, categorizer, listener. The n-th, for
 * n = 1, 2, … until a run does not come so far.
 */
class OutOfMemoryTest {
    private static final int ROWS = 23;
    private static final int ROWS_WITH_TEXT = 21;
    private static final int SUB_BATCH = 3;

    @TempDir
    Path directory;

    /** What is allocated is counted; once there is no room. */
    private static final class Memory {
        private final AtomicInteger allocations = new AtomicInteger();
        private final int failing;

        Memory(int failing) {
            this.failing = failing;
        }

        void allocate() {
            if (allocations.incrementAndGet() == failing) {
                throw new OutOfMemoryError("Java heap space");
            }
        }

        boolean hasRunOut() {
            return allocations.get() >= failing;
        }
    }

    @Test
    void whereverMemoryRunsOutTheErrorComesOutAndTheJobGoesOnExactly() throws IOException {
        for (int n = 1; ; n++) {
            Memory memory = new Memory(n);
            Path folder = Files.createDirectory(directory.resolve("n" + n));
            CheckpointStore store = CheckpointStore.inMemory(folder.resolve("workspace"));
            ScriptedCategorizer categorizer =
                    ScriptedCategorizer.answering(item -> answer(item, memory)).build();
            boolean thrown = runsOut(folder, store, categorizer, memory);
            assertThat(thrown).as("told, n = %d", n).isEqualTo(memory.hasRunOut());
            if (!thrown) {
                assertThat(n).isGreaterThan(60);
                return;
            }
            requireNothingWrong(folder, store, n);

            JobHarness well = new JobHarness(folder, store);
            Summary summary = well.run(categorizer);

            assertThat(summary.state()).as("n = %d", n).isEqualTo(JobState.COMPLETED);
            assertThat(well.outputText()).as("n = %d", n).isEqualTo(expectedOutput(ROWS));
            assertThat(categorizer.rowsAsked())
                    .as("asked, n = %d", n)
                    .isBetween((long) ROWS_WITH_TEXT, (long) ROWS_WITH_TEXT + 2 * SUB_BATCH);
        }
    }

    private static Outcome answer(Item item, Memory memory) {
        memory.allocate();
        return JobHarness.answer(item);
    }

    /** Whether the error came out of the run. */
    private static boolean runsOut(Path folder, CheckpointStore store, ScriptedCategorizer categorizer, Memory memory) {
        JobHarness faulty = new JobHarness(folder, new FaultyStore(store, operation -> memory.allocate())).rows(ROWS);
        faulty.settings = faulty.settings.withConcurrency(1);
        SimulatedDisk disk = new SimulatedDisk(new Random(1), memory::allocate, SimulatedDisk.Lie.NONE);
        try {
            faulty.job(categorizer, builder -> builder.disk(disk)).run(event -> memory.allocate());
            return false;
        } catch (OutOfMemoryError e) {
            return true;
        }
    }

    private static void requireNothingWrong(Path folder, CheckpointStore store, int n) throws IOException {
        Path output = folder.resolve("output.csv");
        if (Files.exists(output)) {
            assertThat(Files.readString(output)).as("n = %d", n).isEqualTo(expectedOutput(ROWS));
        }
        assertThat(store.jobs())
                .as("n = %d", n)
                .allSatisfy(job -> assertThat(job.state()).isNotEqualTo(JobState.RUNNING));
    }
}

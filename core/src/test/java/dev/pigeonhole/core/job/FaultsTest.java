package dev.pigeonhole.core.job;

import static dev.pigeonhole.core.job.JobHarness.expectedOutput;
import static dev.pigeonhole.core.job.JobHarness.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lets every single operation of the file system fail in turn, as SQLite's own tests do: the n-th, for n = 1, 2, … until none does. */
class FaultsTest {
    private static final int ROWS = 23;

    @TempDir
    Path directory;

    enum Fault {
        /** The n-th operation fails, the next ones work. */
        ONCE,
        /** The n-th and all later ones fail. */
        FROM_THEN_ON,
        /** The n-th writes half of what it should, and fails. */
        SHORT_WRITE,
        /** The n-th fails; if it was to force, what was written is gone, though the next would say that all is well. */
        LOST_FORCE
    }

    private static final List<String> ERRORS = List.of(
            "No space left on device",
            "Input/output error",
            "File too large",
            "Read-only file system",
            "Disk quota exceeded");

    /** Counts operations, and lets the n-th fail. */
    private static final class FaultyDisk implements Disk {
        private final Disk disk = Disk.real();
        private final AtomicInteger operations = new AtomicInteger();
        private final int failing;
        private final Fault fault;

        FaultyDisk(int failing, Fault fault) {
            this.failing = failing;
            this.fault = fault;
        }

        boolean reached() {
            return operations.get() >= failing;
        }

        private boolean fails() {
            int operation = operations.incrementAndGet();
            return operation == failing || (fault == Fault.FROM_THEN_ON && operation > failing);
        }

        private void operation() throws IOException {
            if (fails()) {
                throw error();
            }
        }

        private IOException error() {
            return new IOException(message(failing));
        }

        @Override
        public Output create(Path file) throws IOException {
            operation();
            Output output = disk.create(file);
            return new Output() {
                @Override
                public void write(ByteBuffer bytes) throws IOException {
                    if (fails()) {
                        if (fault == Fault.SHORT_WRITE) {
                            bytes.limit(bytes.position() + bytes.remaining() / 2);
                            output.write(bytes);
                        }
                        throw error();
                    }
                    output.write(bytes);
                }

                @Override
                public void force() throws IOException {
                    if (fails()) {
                        if (fault == Fault.LOST_FORCE) {
                            Files.write(file, new byte[(int) Files.size(file)]);
                        }
                        throw error();
                    }
                    output.force();
                }

                @Override
                public void close() throws IOException {
                    output.close();
                    operation();
                }
            };
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            operation();
            disk.move(from, to);
        }

        @Override
        public void forceDirectory(Path folder) throws IOException {
            operation();
            disk.forceDirectory(folder);
        }

        @Override
        public void wipe(Path folder) throws IOException {
            operation();
            disk.wipe(folder);
        }

        @Override
        public void delete(Path file) throws IOException {
            operation();
            disk.delete(file);
        }
    }

    private static String message(int n) {
        return ERRORS.get(n % ERRORS.size());
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultOfTheFileSystemStopsClearlyAndTheJobCompletesAfterwards(Fault fault) throws IOException {
        for (int n = 1; ; n++) {
            FaultyDisk disk = new FaultyDisk(n, fault);
            JobHarness harness = new JobHarness(Files.createDirectory(directory.resolve("n" + n))).rows(ROWS);
            ScriptedCategorizer categorizer = script().build();
            try {
                harness.run(categorizer, builder -> builder.disk(disk));
            } catch (StorageException | ConfigurationException e) {
                assertThat(e).as("n = %d", n).hasMessageContaining(message(n));
                // A fault after the move leaves the whole file; before it, none.
                if (Files.exists(harness.output)) {
                    assertThat(harness.outputText()).isEqualTo(expectedOutput(ROWS));
                }
            }
            if (!disk.reached()) {
                assertThat(n).isGreaterThan(30);
                return;
            }
            completes(harness, categorizer, n);
        }
    }

    private static void completes(JobHarness harness, ScriptedCategorizer categorizer, int n) {
        Summary summary = harness.run(categorizer);

        assertThat(summary.state()).as("n = %d", n).isEqualTo(JobState.COMPLETED);
        assertThat(harness.outputText()).as("n = %d", n).isEqualTo(expectedOutput(ROWS));
        // The store was well all the time: no answer may be asked for twice.
        assertThat(categorizer.rowsAsked()).as("asked, n = %d", n).isEqualTo(21);
    }

    @Test
    void aStoppedJobSaysSo() {
        JobHarness harness = new JobHarness(directory).rows(ROWS);
        try {
            harness.run(script().build(), builder -> builder.disk(new FaultyDisk(6, Fault.FROM_THEN_ON)));
        } catch (StorageException e) {
            assertThat(harness.store.jobs().get(0).state()).isEqualTo(JobState.FAILED);
            assertThat(harness.store.jobs().get(0).message()).contains(message(6));
            return;
        }
        throw new AssertionError("the fault was not met");
    }
}

package dev.pigeonhole.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Digest;
import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.combine.BatchFileWriter;
import dev.pigeonhole.core.combine.ErrorsFileWriter;
import dev.pigeonhole.core.file.SimulatedDisk;
import dev.pigeonhole.core.file.SimulatedDisk.Lie;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ends jobs at random moments on a disk that then forgets what was not forced, or only ends them, again and again, until they are
 * complete. The store is one that is always durable. {@code -Dpigeonhole.power-cuts=10000} for more.
 */
@Timeout(3600)
class PowerCutTest {
    private static final int ROWS = 45;
    private static final int MOST_IN_FLIGHT = 12;
    private static final String OLD = "what was there before\n";

    private final int wanted = Integer.getInteger("pigeonhole.power-cuts", 300);
    private final long seed = Long.getLong("pigeonhole.seed", new Random().nextLong());
    private int cuts;
    private int kills;
    private int jobs;

    @TempDir
    Path directory;

    /** Counts steps, and ends the run at one of them: from then on no operation of disk or store does anything. */
    private static final class Power {
        private int stepsLeft = Integer.MAX_VALUE;

        synchronized void stepsLeft(int steps) {
            stepsLeft = steps;
        }

        synchronized boolean isOff() {
            return stepsLeft <= 0;
        }

        private synchronized boolean goesOff() {
            stepsLeft -= stepsLeft > 0 ? 1 : 0;
            return stepsLeft <= 0;
        }

        void diskStep() {
            if (goesOff()) {
                throw new UncheckedIOException(new IOException("the power is off"));
            }
        }

        void storeStep(FaultyStore.Operation operation) {
            if (goesOff()) {
                throw new StorageException("the power is off at " + operation, null);
            }
        }
    }

    private static Outcome answer(Item item) {
        return item.row() % 7 == 0
                ? new Outcome.Failed(FailureCause.BAD_ANSWER, "not readable")
                : JobHarness.answer(item);
    }

    @Test
    void whateverIsForgottenAndWhenTheResultIsThatOfAQuietRun() throws IOException {
        System.out.println("PowerCutTest: " + wanted + " cuts, seed " + seed);
        tell(wanted, Lie.NONE);
        System.out.println("PowerCutTest: " + cuts + " cuts and " + kills + " kills in " + jobs + " jobs");
    }

    /** The test of this test. */
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aDiskThatOnlySaysItForcedIsFoundOut(Lie lie) {
        assertThatThrownBy(() -> tell(300, lie)).isInstanceOfAny(AssertionError.class, UncheckedIOException.class);
    }

    private void tell(int wanted, Lie lie) throws IOException {
        JobHarness quiet = new JobHarness(Files.createDirectory(directory.resolve("quiet"))).rows(ROWS);
        Summary summary = quiet.run(script());
        String errors = errors(summary.errors().orElseThrow());
        Random random = new Random(seed);
        while (cuts < wanted) {
            jobs++;
            new Story(random, lie, quiet.outputText(), errors).tell();
        }
    }

    private static ScriptedCategorizer script() {
        return ScriptedCategorizer.answering(PowerCutTest::answer).build();
    }

    /** One job, ended some times. */
    private final class Story {
        private final Random random;
        private final String output;
        private final String errors;
        private final boolean replaces;
        private final Power power = new Power();
        private final SimulatedDisk disk;
        private final JobHarness harness;
        private final JobHarness well;
        private final ScriptedCategorizer categorizer = script();
        private final String name;
        private boolean onlyCuts = true;
        private int ends;

        Story(Random random, Lie lie, String output, String errors) throws IOException {
            this.random = random;
            this.output = output;
            this.errors = errors;
            name = "seed " + seed + ", job " + jobs;
            replaces = random.nextInt(3) == 0;
            disk = new SimulatedDisk(random, power::diskStep, lie);
            Path folder = Files.createDirectory(directory.resolve("job" + jobs));
            well = new JobHarness(folder).rows(ROWS);
            harness = new JobHarness(folder, new FaultyStore(well.store, power::storeStep));
            if (replaces) {
                JobHarness.write(harness.output, OLD);
            }
        }

        void tell() throws IOException {
            int runs = 1 + random.nextInt(6);
            int steps = 1;
            for (int run = 0; run < runs; run++) {
                steps += random.nextInt(40);
                power.stepsLeft(steps);
                boolean completed = runs();
                power.stepsLeft(0);
                if (completed) {
                    power(true);
                    requireResult();
                    return;
                }
                power(random.nextInt(4) > 0);
                requireNothingWrong();
            }
            power.stepsLeft(Integer.MAX_VALUE);
            assertThat(runs()).isTrue();
            requireResult();
        }

        private boolean runs() {
            Existing existing = replaces && well.store.jobs().isEmpty() ? Existing.NEW : Existing.RESUME;
            try {
                harness.run(categorizer, builder -> builder.disk(disk).existing(existing));
                return true;
            } catch (StorageException | ConfigurationException e) {
                assertThat(e).as(name).hasMessageContaining("the power is off");
                assertThat(power.isOff()).as(name).isTrue();
                return false;
            }
        }

        /** The end of a run: of the process, or of the machine too. */
        private void power(boolean cut) throws IOException {
            ends++;
            if (cut) {
                cuts++;
                disk.cutPower();
            } else {
                kills++;
                onlyCuts = false;
            }
        }

        private void requireNothingWrong() throws IOException {
            if (replaces) {
                assertThat(harness.outputText()).as(name).isIn(OLD, output);
            } else if (Files.exists(harness.output)) {
                assertThat(harness.outputText()).as(name).isEqualTo(output);
            }
            for (JobRecord job : well.store.jobs()) {
                assertThat(job.state().isFinished()).as(name).isFalse();
                if (onlyCuts) {
                    requireBatches(job);
                }
            }
        }

        /** What the store calls a finished batch is a file that has survived. */
        private void requireBatches(JobRecord job) {
            try (JobLease lease = well.store.acquire(job.id(), new Holder(1, "test", Instant.EPOCH))) {
                lease.forEachBatch(batch -> assertThat(sha256(BatchFileWriter.file(job.directory(), batch.number())))
                        .as("%s, batch %d", name, batch.number())
                        .isEqualTo(batch.file().sha256()));
            }
        }

        private void requireResult() {
            JobRecord job = well.store.jobs().get(0);
            assertThat(job.state()).as(name).isEqualTo(JobState.COMPLETED_WITH_FAILURES);
            assertThat(harness.outputText()).as(name).isEqualTo(output);
            assertThat(errors(ErrorsFileWriter.file(job.directory()))).as(name).isEqualTo(errors);
            assertThat(categorizer.rowsAsked())
                    .as("%s, rows asked in %d runs", name, ends)
                    .isBetween(41L, 41L + (long) ends * MOST_IN_FLIGHT);
        }
    }

    /** Which sub-batch a row was in depends on how many were left. */
    private static String errors(Path file) {
        return JobHarness.read(file).replaceAll("(?m)^(\\d+,\\d+,\\d+),\\d+,", "$1,?,");
    }

    private static String sha256(Path file) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return Digest.sha256(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

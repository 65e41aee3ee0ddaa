package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.job.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends whole jobs on SQLite at each step in turn, and their resumption again at random, with what a kill leaves: the files as they
 * are at that moment, the database's log and index among them. {@code -Dpigeonhole.kill-points=1000} for all steps, again and again.
 */
@Timeout(3600)
class KilledWorkspaceTest {
    private final int wanted = Integer.getInteger("pigeonhole.kill-points", 40);
    private final long seed = Long.getLong("pigeonhole.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final AtomicLong asked = new AtomicLong();
    private int ends;

    @TempDir
    Path directory;

    /** Unwinds a run whose traces are not looked at any more. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Keeps the files as they are at a step, and ends the run there. */
    private final class Killing implements Consumer<String> {
        private final AtomicInteger steps = new AtomicInteger();
        private final int last;

        Killing(int last) {
            this.last = last;
        }

        @Override
        public void accept(String step) {
            if (steps.incrementAndGet() == last) {
                copy(job(), kept());
                throw new Killed();
            }
        }
    }

    private Path job() {
        return directory.resolve("job");
    }

    private Path kept() {
        return directory.resolve("kept");
    }

    @Test
    void whereverAJobIsKilledAndItsResumptionAgainItEndsWithTheSameBytes() throws IOException {
        int steps = stepsOfAQuietRun();
        List<Integer> firsts = new ArrayList<>();
        int stride = Math.max(1, steps / wanted);
        int kills = 0;
        for (int step = 1 + random.nextInt(stride); kills < wanted; step += stride) {
            begin();
            int last = 1 + (step - 1) % steps;
            firsts.add(last);
            for (int depth = 0; isKilledAt(last); depth++) {
                kills++;
                // Sooner each time, so that it is recovery itself that is ended.
                last = 1 + random.nextInt(Math.max(1, steps / (depth + 2)));
                last = depth < 4 && random.nextInt(3) > 0 ? last : Integer.MAX_VALUE;
            }
            requireRight(firsts);
        }
        System.out.println("KilledWorkspaceTest: " + kills + " kills in " + firsts.size() + " jobs of " + steps
                + " steps, seed " + seed);
    }

    private int stepsOfAQuietRun() throws IOException {
        begin();
        AtomicInteger steps = new AtomicInteger();
        new WholeJob(job()).run(step -> steps.incrementAndGet(), rows -> {});
        return steps.get();
    }

    private void begin() throws IOException {
        remove(job());
        Files.createDirectories(job());
        new WholeJob(job()).writeInput();
        asked.set(0);
        ends = 0;
    }

    private boolean isKilledAt(int step) {
        try {
            Summary summary = new WholeJob(job()).run(new Killing(step), rows -> asked.addAndGet(rows.size()));
            assertThat(summary.left()).as("seed %d", seed).isZero();
            return false;
        } catch (Killed e) {
            ends++;
            remove(job());
            copy(kept(), job());
            remove(kept());
            Path output = new WholeJob(job()).output();
            assertThat(!Files.exists(output) || read(output).equals(WholeJob.expectedOutput()))
                    .as("a whole output or none, seed %d, step %d", seed, step)
                    .isTrue();
            return true;
        }
    }

    private void requireRight(List<Integer> firsts) {
        assertThat(read(new WholeJob(job()).output()))
                .as("seed %d, first steps %s", seed, firsts)
                .isEqualTo(WholeJob.expectedOutput());
        assertThat(asked.get())
                .as("rows asked, seed %d, first steps %s", seed, firsts)
                .isBetween((long) WholeJob.ROWS, WholeJob.ROWS + (long) ends * WholeJob.IN_FLIGHT_ROWS);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

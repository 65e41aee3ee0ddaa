package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One job, and a process for each step that durability rests on: it goes on with the job and ends itself at that step. */
class NamedKillsTest {
    private static final List<String> STEPS = List.of(
            "event Started", // Nothing was done yet.
            "after create batch-00001", // In a folder that is new.
            "before force batch-00001",
            "after force batch-00001",
            "after move batch-00001", // Its name is not forced.
            "after force folder batches", // Not committed.
            "event BatchPublished",
            "before wipe tmp", // In recovery, before it has changed anything.
            "after wipe tmp",
            "before write .output.csv", // While the batch files are combined; the first half is written.
            "after force .output.csv",
            "after move output.csv"); // It is there, and nobody knows whose it is.

    @TempDir
    Path directory;

    @Test
    void aJobThatIsKilledAtEachStepInTurnEndsWithTheSameBytes() throws Exception {
        WholeJob job = new WholeJob(directory);
        job.writeInput();
        for (String step : STEPS) {
            assertThat(saidBy(step)).as(step).startsWith("killed " + step);
        }

        assertThat(saidBy("never")).isEqualTo("done");

        assertThat(Files.readString(job.output())).isEqualTo(WholeJob.expectedOutput());
        try (Stream<String> calls = Files.lines(directory.resolve("asked.txt"))) {
            assertThat(calls.mapToInt(call -> call.split(",", -1).length).sum())
                    .isBetween(WholeJob.ROWS, WholeJob.ROWS + STEPS.size() * WholeJob.IN_FLIGHT_ROWS);
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("input.csv", "output.csv", "workspace", "asked.txt");
        }
    }

    private String saidBy(String step) throws Exception {
        try (ChildProcess child = ChildProcess.start(HaltingProcess.class, directory.toString(), step)) {
            return String.join("\n", child.end());
        }
    }
}

package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Lets real system calls of a whole job fail, at a random one of them: those that force, and those by which the database writes.
 * Needs {@code strace}; without it these tests are skipped. {@code -Dpigeonhole.system-faults=50} for more.
 */
class ForceFaultsTest {
    private static final String FORCES = "fsync,fdatasync";
    private static final String WRITES = "pwrite64";

    private final int rounds = Integer.getInteger("pigeonhole.system-faults", 1);
    private final Random random = new Random();

    private Path current = Path.of("");

    @TempDir
    Path directory;

    @BeforeEach
    void straceIsThere() throws Exception {
        assumeTrue(canTrace(), "strace is not there, or may not trace");
    }

    private static boolean canTrace() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("strace", "-qq", "-f", "-e", "trace=none", "true")
                    .redirectErrorStream(true)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'fsync,fdatasync', EIO, +1",
        "'fsync,fdatasync', EIO, ''",
        "pwrite64, ENOSPC, +1",
        "pwrite64, EIO, ''",
    })
    void aSystemCallThatFailsStopsTheJobAndLosesNothing(String calls, String error, String again) throws Exception {
        for (int round = 0; round < rounds; round++) {
            int number = 1 + random.nextInt(calls.equals(FORCES) ? 50 : 220);
            String fault = calls + ":error=" + error + ":when=" + number + again;
            WholeJob job = newJob();

            List<String> said = run(fault);

            assertThat(said.toString())
                    .as(fault)
                    .matches(".*(done|StorageException|ConfigurationException).*")
                    .doesNotContain("NullPointer");
            if (Files.exists(job.output())) {
                assertThat(Files.readString(job.output())).as(fault).isEqualTo(WholeJob.expectedOutput());
            }
            goesOn(job, fault);
        }
    }

    /** A disk that takes its time is no fault: nothing is given up, and nothing is asked twice. */
    @Test
    void aForceThatHangsIsWaitedFor() throws Exception {
        String fault = FORCES + ":delay_enter=3000000:when=" + (20 + random.nextInt(20));
        WholeJob job = newJob();

        assertThat(run(fault)).as(fault).contains("done");

        assertThat(Files.readString(job.output())).isEqualTo(WholeJob.expectedOutput());
        assertThat(rowsAsked()).isEqualTo(WholeJob.ROWS);
    }

    private WholeJob newJob() throws IOException {
        Path folder = Files.createTempDirectory(directory, "job");
        WholeJob job = new WholeJob(folder);
        job.writeInput();
        current = folder;
        return job;
    }

    private List<String> run(String fault) throws Exception {
        List<String> strace = List.of(
                "strace",
                "-qq",
                "-f",
                "--seccomp-bpf",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + FORCES + "," + WRITES,
                "-e",
                "inject=" + fault);
        try (ChildProcess child = ChildProcess.start(strace, HaltingProcess.class, current.toString(), "never")) {
            return child.end();
        }
    }

    private void goesOn(WholeJob job, String fault) throws Exception {
        AtomicLong asked = new AtomicLong(rowsAsked());
        job.run(step -> {}, rows -> asked.addAndGet(rows.size()));
        assertThat(Files.readString(job.output())).as(fault).isEqualTo(WholeJob.expectedOutput());
        assertThat(asked.get())
                .as(fault)
                .isBetween((long) WholeJob.ROWS, (long) WholeJob.ROWS + WholeJob.IN_FLIGHT_ROWS);
    }

    private long rowsAsked() throws IOException {
        Path asked = current.resolve("asked.txt");
        return Files.exists(asked)
                ? Files.readAllLines(asked).stream()
                        .mapToInt(call -> call.split(",", -1).length)
                        .sum()
                : 0;
    }
}

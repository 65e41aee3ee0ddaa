package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program where the system has too little: memory, files, space; stopped, told to end twice, moved. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "limits, signals and file systems of Linux")
class ProcessFaultsTest {
    @TempDir
    Path directory;

    private GatedJob job;

    @BeforeEach
    void prepare() throws IOException {
        job = new GatedJob(directory);
    }

    @AfterEach
    void stop() throws IOException {
        job.close();
    }

    @Test
    void aStoppedProcessKeepsItsJobAndGoesOnWhenItIsWoken() throws Exception {
        try (CliProcess first = job.start()) {
            job.awaitCalls();
            first.signal("STOP");
            job.openGate();
            try (CliProcess second = job.start()) {
                assertThat(second.exitCode()).isEqualTo(ExitCode.LOCKED);
                assertThat(second.err()).contains("is being run by process " + first.pid());
            }
            assertThat(directory.resolve("output.csv")).doesNotExist();

            first.signal("CONT");
            assertThat(first.exitCode()).as(first::err).isZero();
        }
        job.requireRightOutput();
        assertThat(job.callsSentAgain()).isZero();
    }

    @Test
    void aSecondSigtermLeavesAtOnceAndTheJobCanBeResumed() throws Exception {
        try (CliProcess process = job.start()) {
            job.awaitCalls();
            process.signal("TERM");
            process.awaitErr("pausing");
            process.signal("TERM");
            assertThat(process.exitCode()).isIn(ExitCode.TERMINATED, ExitCode.INTERRUPTED);
        }
        job.openGate();
        job.completes();
        job.requireRightOutput();
        assertThat(job.callsSentAgain()).isLessThanOrEqualTo(4);
    }

    /** Rows without text need no call: combining them is most of the work. */
    @Test
    void aSigtermWhileTheOutputIsPutTogetherEndsWithAWholeOutputOrNone() throws Exception {
        job.openGate();
        Files.writeString(directory.resolve("input.csv"), "id,text\n" + "1,\n".repeat(60_000) + "2,word\n");
        String[] arguments = job.run("--text-column=text");
        int code;
        try (CliProcess process = CliProcess.start(directory, arguments)) {
            awaitCombining(process);
            process.signal("TERM");
            code = process.exitCode();
            assertThat(code).as(process::err).isIn(ExitCode.DONE, ExitCode.TERMINATED);
            assertThat(process.err()).doesNotContain("\tat ");
        }
        Path output = directory.resolve("output.csv");
        assertThat(Files.exists(output)).isEqualTo(code == ExitCode.DONE);
        try (CliProcess process = CliProcess.start(directory, arguments)) {
            assertThat(process.exitCode()).as(process::err).isZero();
        }
        try (Stream<String> lines = Files.lines(output)) {
            assertThat(lines.count()).isEqualTo(60_002);
        }
        assertThat(job.calls()).isEqualTo(1);
    }

    private void awaitCombining(CliProcess process) throws IOException {
        boolean combining = false;
        while (!combining && process.isAlive()) {
            try (Stream<Path> files = Files.list(directory)) {
                combining = files.anyMatch(file -> file.getFileName().toString().endsWith(".part"));
            }
        }
    }

    /** Looks for the smallest limit that is enough, so that most of those tried are too small somewhere. */
    @Test
    void withTooFewOpenFilesItEndsWithAnErrorAndTheJobCompletesLater() throws Exception {
        job.openGate();
        int tooFew = 64;
        int enough = 192;
        while (enough - tooFew > 16) {
            int limit = (tooFew + enough) / 2;
            List<String> limited = List.of("sh", "-c", "ulimit -n " + limit + "; exec \"$@\"", "sh");
            String output = "output-" + limit + ".csv";
            try (CliProcess process = CliProcess.start(directory, limited, job.run("--output=" + output))) {
                if (process.exitCode() == ExitCode.DONE) {
                    enough = limit;
                } else {
                    tooFew = limit;
                    assertThat(process.err()).as("limit %d", limit).containsIgnoringCase("error");
                    assertThat(directory.resolve(output)).doesNotExist();
                    job.completes("--output=" + output);
                }
            }
            GatedJob.requireRight(directory.resolve(output));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--workspace=/proc/pigeonhole", "--output=/proc/output.csv"})
    void whereNothingCanBeWrittenItSaysSoBeforeTheFirstCall(String place) throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc, where not even root can write");
        try (CliProcess process = job.start(place)) {
            assertThat(process.exitCode()).isIn(ExitCode.USAGE, ExitCode.STOPPED_BY_LIMIT);
            assertThat(process.err()).contains("error: ", "/proc/").doesNotContain("\tat ", "unexpected");
        }
        assertThat(job.calls()).isZero();
    }

    /** A file system of its own that is really full: of bytes, or of files. */
    @ParameterizedTest
    @CsvSource({"size=420k, size=50m", "nr_inodes=14, nr_inodes=1000"})
    void aFileSystemThatIsFullStopsTheJobAndItCompletesOnceThereIsRoom(String little, String more) throws Exception {
        job.openGate();
        Path mount = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", little, "tmpfs", mount.toString()),
                "only root can mount a file system");
        try {
            String[] there = {"--workspace=small/w", "--output=small/output.csv"};
            try (CliProcess process = job.start(there)) {
                assertThat(process.exitCode()).as(process::err).isIn(ExitCode.STOPPED_BY_LIMIT, ExitCode.USAGE);
                assertThat(process.err()).contains("error: ").doesNotContain("\tat ", "unexpected");
            }
            assertThat(mount.resolve("output.csv")).doesNotExist();
            assertThat(succeeds("mount", "-o", "remount," + more, mount.toString()))
                    .isTrue();

            job.completes(there);

            GatedJob.requireRight(mount.resolve("output.csv"));
            assertThat(job.callsSentAgain()).isLessThanOrEqualTo(4);
        } finally {
            assertThat(succeeds("umount", mount.toString())).isTrue();
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void withTooLittleMemoryItEndsWithAnErrorAndTheJobCompletesWithMore() throws Exception {
        job.writeInput("many words ".repeat(60_000), 30);
        String[] arguments = {"run", "input.csv", "--categories=categories.txt", "--provider=failing", "--batch-size=20"
        };
        Map<String, String> little = Map.of("JAVA_TOOL_OPTIONS", "-Xmx18m");
        try (CliProcess process = CliProcess.start(directory, List.of(), little, arguments)) {
            assertThat(process.exitCode()).isIn(ExitCode.UNEXPECTED, ExitCode.DONE);
            assertThat(process.err()).doesNotContain("\tat ");
        }
        try (CliProcess process = CliProcess.start(directory, arguments)) {
            assertThat(process.exitCode()).as(process::err).isZero();
        }
        try (Stream<String> lines = Files.lines(directory.resolve("output.csv"))) {
            assertThat(lines.skip(1).map(line -> line.substring(line.lastIndexOf("words "))))
                    .isEqualTo(IntStream.rangeClosed(1, 30)
                            .mapToObj(row -> "words " + row + ",category 0,categorized,,failing")
                            .toList());
        }
    }

    @Test
    void aWorkspaceThatWasMovedGoesOnWithItsJobs() throws Exception {
        try (CliProcess process = job.start("--workspace=here")) {
            job.awaitCalls();
            process.kill();
        }
        job.openGate();
        Files.move(
                directory.resolve("here"),
                Files.createDirectory(directory.resolve("other")).resolve("there"));

        try (CliProcess resume = CliProcess.start(directory, "resume", "--workspace=other/there")) {
            assertThat(resume.exitCode()).as(resume::err).isZero();
        }
        job.requireRightOutput();
        assertThat(job.callsSentAgain()).isLessThanOrEqualTo(4);
        assertThat(directory.resolve("here")).doesNotExist();
    }
}

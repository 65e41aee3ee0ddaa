package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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
    private static final int ROWS = 400;

    @TempDir
    Path directory;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(4);
    private AnswerServer server;

    @BeforeEach
    void prepare() throws IOException {
        writeInput("text of row ", ROWS);
        Files.writeString(directory.resolve("categories.txt"), AnswerServer.categories());
        server = new AnswerServer(call -> {
            asked.countDown();
            await(gate);
        });
    }

    @AfterEach
    void stop() throws IOException {
        gate.countDown();
        server.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeInput(String text, int rows) throws IOException {
        StringBuilder csv = new StringBuilder("text\n");
        for (int row = 1; row <= rows; row++) {
            csv.append(text).append(row).append('\n');
        }
        Files.writeString(directory.resolve("input.csv"), csv);
    }

    private String[] run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "input.csv",
                "--categories=categories.txt",
                "--provider=answer-server",
                "--option=port=" + server.port(),
                "--concurrency=4"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private void completes(String... more) throws Exception {
        try (CliProcess process = CliProcess.start(directory, run(more))) {
            assertThat(process.exitCode()).as(process::err).isZero();
        }
    }

    private static void requireRight(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output);
        assertThat(lines).hasSize(ROWS + 1);
        for (int row = 1; row <= ROWS; row++) {
            String text = "text of row " + row;
            String answer = AnswerServer.answer(text);
            assertThat(lines.get(row))
                    .isEqualTo(
                            text + (answer.isEmpty() ? ",,unmatched,,server" : "," + answer + ",categorized,,server"));
        }
    }

    private void requireRightOutput() throws IOException {
        requireRight(directory.resolve("output.csv"));
    }

    @Test
    void aStoppedProcessKeepsItsJobAndGoesOnWhenItIsWoken() throws Exception {
        try (CliProcess first = CliProcess.start(directory, run())) {
            asked.await();
            first.signal("STOP");
            gate.countDown();
            try (CliProcess second = CliProcess.start(directory, run())) {
                assertThat(second.exitCode()).isEqualTo(ExitCode.LOCKED);
                assertThat(second.err()).contains("is being run by process " + first.pid());
            }
            assertThat(directory.resolve("output.csv")).doesNotExist();

            first.signal("CONT");
            assertThat(first.exitCode()).as(first::err).isZero();
        }
        requireRightOutput();
        assertThat(server.callsSentAgain()).isZero();
    }

    @Test
    void aSecondSigtermLeavesAtOnceAndTheJobCanBeResumed() throws Exception {
        try (CliProcess process = CliProcess.start(directory, run())) {
            asked.await();
            process.signal("TERM");
            while (!process.err().contains("pausing")) {
                assertThat(process.isAlive()).as(process::err).isTrue();
                Thread.onSpinWait();
            }
            process.signal("TERM");
            assertThat(process.exitCode()).isIn(ExitCode.TERMINATED, ExitCode.INTERRUPTED);
        }
        gate.countDown();
        completes();
        requireRightOutput();
        assertThat(server.callsSentAgain()).isLessThanOrEqualTo(4);
    }

    /** Rows without text need no call: combining them is most of the work. */
    @Test
    void aSigtermWhileTheOutputIsPutTogetherEndsWithAWholeOutputOrNone() throws Exception {
        gate.countDown();
        Files.writeString(directory.resolve("input.csv"), "id,text\n" + "1,\n".repeat(60_000) + "2,word\n");
        String[] arguments = run("--text-column=text");
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
        assertThat(server.calls()).isEqualTo(1);
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
        gate.countDown();
        int tooFew = 64;
        int enough = 192;
        while (enough - tooFew > 16) {
            int limit = (tooFew + enough) / 2;
            List<String> limited = List.of("sh", "-c", "ulimit -n " + limit + "; exec \"$@\"", "sh");
            String output = "output-" + limit + ".csv";
            try (CliProcess process = CliProcess.start(directory, limited, run("--output=" + output))) {
                if (process.exitCode() == ExitCode.DONE) {
                    enough = limit;
                } else {
                    tooFew = limit;
                    assertThat(process.err()).as("limit %d", limit).containsIgnoringCase("error");
                    assertThat(directory.resolve(output)).doesNotExist();
                    completes("--output=" + output);
                }
            }
            requireRight(directory.resolve(output));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--workspace=/proc/pigeonhole", "--output=/proc/output.csv"})
    void whereNothingCanBeWrittenItSaysSoBeforeTheFirstCall(String place) throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc, where not even root can write");
        try (CliProcess process = CliProcess.start(directory, run(place))) {
            assertThat(process.exitCode()).isIn(ExitCode.USAGE, ExitCode.STOPPED_BY_LIMIT);
            assertThat(process.err()).contains("error: ", "/proc/").doesNotContain("\tat ", "unexpected");
        }
        assertThat(server.calls()).isZero();
    }

    /** A file system of its own that is really full: of bytes, or of files. */
    @ParameterizedTest
    @CsvSource({"size=420k, size=50m", "nr_inodes=14, nr_inodes=1000"})
    void aFileSystemThatIsFullStopsTheJobAndItCompletesOnceThereIsRoom(String little, String more) throws Exception {
        gate.countDown();
        Path mount = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", little, "tmpfs", mount.toString()),
                "only root can mount a file system");
        try {
            String[] there = {"--workspace=small/w", "--output=small/output.csv"};
            try (CliProcess process = CliProcess.start(directory, run(there))) {
                assertThat(process.exitCode()).as(process::err).isIn(ExitCode.STOPPED_BY_LIMIT, ExitCode.USAGE);
                assertThat(process.err()).contains("error: ").doesNotContain("\tat ", "unexpected");
            }
            assertThat(mount.resolve("output.csv")).doesNotExist();
            assertThat(succeeds("mount", "-o", "remount," + more, mount.toString()))
                    .isTrue();

            completes(there);

            requireRight(mount.resolve("output.csv"));
            assertThat(server.callsSentAgain()).isLessThanOrEqualTo(4);
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
        writeInput("many words ".repeat(60_000), 30);
        String[] arguments = {"run", "input.csv", "--categories=categories.txt", "--provider=failing", "--batch-size=20"
        };
        for (String heap : List.of("-Xmx18m")) {
            try (CliProcess process =
                    CliProcess.start(directory, List.of(), Map.of("JAVA_TOOL_OPTIONS", heap), arguments)) {
                assertThat(process.exitCode()).as(heap).isIn(ExitCode.UNEXPECTED, ExitCode.DONE);
                assertThat(process.err()).as(heap).doesNotContain("\tat ");
            }
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
        try (CliProcess process = CliProcess.start(directory, run("--workspace=here"))) {
            asked.await();
            process.kill();
        }
        gate.countDown();
        Files.move(
                directory.resolve("here"),
                Files.createDirectory(directory.resolve("other")).resolve("there"));

        try (CliProcess resume = CliProcess.start(directory, "resume", "--workspace=other/there")) {
            assertThat(resume.exitCode()).as(resume::err).isZero();
        }
        requireRightOutput();
        assertThat(server.callsSentAgain()).isLessThanOrEqualTo(4);
        assertThat(directory.resolve("here")).doesNotExist();
    }
}

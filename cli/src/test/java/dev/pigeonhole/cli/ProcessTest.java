package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a whole process can show: signals, locks between processes, limits of the system. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals, and no ulimit")
class ProcessTest {
    private static final int ROWS = 400;

    @TempDir
    Path directory;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(4);
    private AnswerServer server;

    @BeforeEach
    void prepare() throws IOException {
        StringBuilder csv = new StringBuilder("text\n");
        for (int row = 1; row <= ROWS; row++) {
            csv.append("text of row ").append(row).append('\n');
        }
        Files.writeString(directory.resolve("input.csv"), csv);
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

    private void requireCompleteOutput() throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("output.csv"));
        assertThat(lines).hasSize(ROWS + 1);
        for (int row = 1; row <= ROWS; row++) {
            String text = "text of row " + row;
            String answer = AnswerServer.answer(text);
            assertThat(lines.get(row))
                    .isEqualTo(
                            text + (answer.isEmpty() ? ",,unmatched,,server" : "," + answer + ",categorized,,server"));
        }
    }

    @Test
    void sigtermDrainsAndPausesWith143AndTheJobGoesOnWithoutAskingAgain() throws Exception {
        endsBySignal("TERM", ExitCode.TERMINATED);
    }

    @Test
    void ctrlCDrainsAndPausesWith130AndTheJobGoesOnWithoutAskingAgain() throws Exception {
        endsBySignal("INT", ExitCode.INTERRUPTED);
    }

    private void endsBySignal(String signal, int exitCode) throws Exception {
        try (CliProcess process = CliProcess.start(directory, run())) {
            asked.await();
            process.signal(signal);
            awaitText(process, "pausing");
            gate.countDown();
            assertThat(process.exitCode()).as(process::err).isEqualTo(exitCode);
            assertThat(process.err()).contains("Paused").contains("resume").doesNotContain("Exception");
        }
        assertThat(server.calls()).isEqualTo(4);

        try (CliProcess process = CliProcess.start(directory, "resume")) {
            assertThat(process.exitCode()).as(process::err).isZero();
        }
        requireCompleteOutput();
        assertThat(server.callsSentAgain()).isZero();
        assertThat(server.calls()).isEqualTo(ROWS / 20);
    }

    @Test
    void aSecondCtrlCLeavesAtOnceAndTheJobCanBeResumed() throws Exception {
        try (CliProcess process = CliProcess.start(directory, run())) {
            asked.await();
            process.signal("INT");
            awaitText(process, "pausing");
            process.signal("INT");
            assertThat(process.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        }
        gate.countDown();

        try (CliProcess process = CliProcess.start(directory, run())) {
            assertThat(process.exitCode()).as(process::err).isZero();
            assertThat(process.err()).contains("ended without a word").contains("4 calls");
        }
        requireCompleteOutput();
        assertThat(server.callsSentAgain()).isLessThanOrEqualTo(4);
    }

    @Test
    void aSecondProcessOnTheJobIsRefusedAndToldWhoHoldsIt() throws Exception {
        try (CliProcess first = CliProcess.start(directory, run())) {
            asked.await();

            try (CliProcess second = CliProcess.start(directory, run())) {
                assertThat(second.exitCode()).isEqualTo(ExitCode.LOCKED);
                assertThat(second.err()).contains("is being run by process " + first.pid());
            }
            try (CliProcess resume = CliProcess.start(directory, "resume", statusJob())) {
                assertThat(resume.exitCode()).isEqualTo(ExitCode.LOCKED);
            }
            assertThat(server.calls()).isEqualTo(4);

            gate.countDown();
            assertThat(first.exitCode()).as(first::err).isZero();
        }
        requireCompleteOutput();
    }

    private String statusJob() throws Exception {
        try (CliProcess list = CliProcess.start(directory, "list")) {
            assertThat(list.exitCode()).isZero();
            assertThat(list.out()).contains("running");
            return list.out().split(" ", 2)[0];
        }
    }

    @Test
    void ofTwoProcessesThatBeginTheSameJobAtOnceOneRunsIt() throws Exception {
        gate.countDown();
        for (int round = 0; round < 3; round++) {
            String[] arguments = run("--workspace=w" + round, "--output=o" + round + ".csv");
            int before = server.calls();
            try (CliProcess one = CliProcess.start(directory, arguments);
                    CliProcess two = CliProcess.start(directory, arguments)) {
                List<Integer> codes = List.of(one.exitCode(), two.exitCode());
                assertThat(codes)
                        .as(one.err() + two.err())
                        .contains(ExitCode.DONE)
                        .isSubsetOf(ExitCode.DONE, ExitCode.LOCKED);
            }
            assertThat(server.calls() - before).isEqualTo(ROWS / 20);
        }
    }

    @Test
    void aJobOfAKilledProcessIsFreeAtOnceAndSeenAsInterrupted() throws Exception {
        try (CliProcess process = CliProcess.start(directory, run())) {
            asked.await();
            process.kill();
        }
        gate.countDown();

        try (CliProcess status = CliProcess.start(directory, "status")) {
            assertThat(status.exitCode()).isZero();
            assertThat(status.out()).contains("interrupted");
        }
        try (CliProcess process = CliProcess.start(directory, "resume")) {
            assertThat(process.exitCode()).as(process::err).isZero();
        }
        requireCompleteOutput();
    }

    /** A file-size limit of the system stands for a full disk: writing fails with a real error, in database and files alike. */
    @Test
    void aFullDiskStopsWithAClearMessageAndTheJobCompletesOnceThereIsSpace() throws Exception {
        gate.countDown();
        for (int blocks : new int[] {8, 64, 128, 200, 300}) {
            List<String> limited = List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh");
            try (CliProcess process = CliProcess.start(directory, limited, run("--batch-size=40"))) {
                int code = process.exitCode();
                assertThat(code)
                        .as("%d blocks: %s", blocks, process.err())
                        .isIn(ExitCode.STOPPED_BY_LIMIT, ExitCode.DONE);
                if (code != ExitCode.DONE) {
                    assertThat(process.err()).contains("error: ").doesNotContain("\tat ");
                    assertThat(directory.resolve("output.csv")).doesNotExist();
                }
            }
        }

        try (CliProcess process = CliProcess.start(directory, run("--batch-size=40"))) {
            assertThat(process.exitCode()).as(process::err).isZero();
        }
        requireCompleteOutput();
    }

    private static void awaitText(CliProcess process, String text) throws InterruptedException {
        while (!process.err().contains(text)) {
            assertThat(process.isAlive()).as(process::err).isTrue();
            Thread.onSpinWait();
        }
    }
}

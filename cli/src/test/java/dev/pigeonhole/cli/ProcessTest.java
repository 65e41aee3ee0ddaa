package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a whole process can show: signals, locks between processes, limits of the system. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals, and no ulimit")
class ProcessTest {
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
    void sigtermDrainsAndPausesWith143AndTheJobGoesOnWithoutAskingAgain() throws Exception {
        endsBySignal("TERM", ExitCode.TERMINATED);
    }

    @Test
    void ctrlCDrainsAndPausesWith130AndTheJobGoesOnWithoutAskingAgain() throws Exception {
        endsBySignal("INT", ExitCode.INTERRUPTED);
    }

    private void endsBySignal(String signal, int exitCode) throws Exception {
        try (CliProcess process = job.start()) {
            job.awaitCalls();
            process.signal(signal);
            process.awaitErr("pausing");
            job.openGate();
            assertThat(process.exitCode()).as(process::err).isEqualTo(exitCode);
            assertThat(process.err()).contains("Paused").contains("resume").doesNotContain("Exception");
        }
        assertThat(job.calls()).isEqualTo(4);

        try (CliProcess process = CliProcess.start(directory, "resume")) {
            assertThat(process.exitCode()).as(process::err).isZero();
        }
        job.requireRightOutput();
        assertThat(job.callsSentAgain()).isZero();
        assertThat(job.calls()).isEqualTo(GatedJob.ROWS / 20);
    }

    @Test
    void aSecondCtrlCLeavesAtOnceAndTheJobCanBeResumed() throws Exception {
        try (CliProcess process = job.start()) {
            job.awaitCalls();
            process.signal("INT");
            process.awaitErr("pausing");
            process.signal("INT");
            assertThat(process.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        }
        job.openGate();

        try (CliProcess process = job.start()) {
            assertThat(process.exitCode()).as(process::err).isZero();
            assertThat(process.err()).contains("ended without a word").contains("4 calls");
        }
        job.requireRightOutput();
        assertThat(job.callsSentAgain()).isLessThanOrEqualTo(4);
    }

    @Test
    void aSecondProcessOnTheJobIsRefusedAndToldWhoHoldsIt() throws Exception {
        try (CliProcess first = job.start()) {
            job.awaitCalls();

            try (CliProcess second = job.start()) {
                assertThat(second.exitCode()).isEqualTo(ExitCode.LOCKED);
                assertThat(second.err()).contains("is being run by process " + first.pid());
            }
            try (CliProcess resume = CliProcess.start(directory, "resume", statusJob())) {
                assertThat(resume.exitCode()).isEqualTo(ExitCode.LOCKED);
            }
            assertThat(job.calls()).isEqualTo(4);

            job.openGate();
            assertThat(first.exitCode()).as(first::err).isZero();
        }
        job.requireRightOutput();
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
        job.openGate();
        for (int round = 0; round < 3; round++) {
            String[] arguments = job.run("--workspace=w" + round, "--output=o" + round + ".csv");
            int before = job.calls();
            try (CliProcess one = CliProcess.start(directory, arguments);
                    CliProcess two = CliProcess.start(directory, arguments)) {
                List<Integer> codes = List.of(one.exitCode(), two.exitCode());
                assertThat(codes)
                        .as(one.err() + two.err())
                        .contains(ExitCode.DONE)
                        .isSubsetOf(ExitCode.DONE, ExitCode.LOCKED);
            }
            assertThat(job.calls() - before).isEqualTo(GatedJob.ROWS / 20);
        }
    }

    @Test
    void aJobOfAKilledProcessIsFreeAtOnceAndSeenAsInterrupted() throws Exception {
        try (CliProcess process = job.start()) {
            job.awaitCalls();
            process.kill();
        }
        job.openGate();

        try (CliProcess status = CliProcess.start(directory, "status")) {
            assertThat(status.exitCode()).isZero();
            assertThat(status.out()).contains("interrupted");
        }
        try (CliProcess process = CliProcess.start(directory, "resume")) {
            assertThat(process.exitCode()).as(process::err).isZero();
        }
        job.requireRightOutput();
    }

    /** A file-size limit of the system stands for a full disk: writing fails with a real error, in database and files alike. */
    @Test
    void aFullDiskStopsWithAClearMessageAndTheJobCompletesOnceThereIsSpace() throws Exception {
        job.openGate();
        for (int blocks : new int[] {8, 64, 128, 200, 300}) {
            List<String> limited = List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh");
            try (CliProcess process = CliProcess.start(directory, limited, job.run("--batch-size=40"))) {
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

        job.completes("--batch-size=40");
        job.requireRightOutput();
    }
}

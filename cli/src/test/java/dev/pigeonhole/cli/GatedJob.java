package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A job that has four calls in flight at most, and the server they wait for: it answers once its gate is open. */
final class GatedJob implements AutoCloseable {
    static final int ROWS = 400;

    private static final int CALLS_AT_ONCE = 4;

    private final Path directory;
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(CALLS_AT_ONCE);
    private final AnswerServer server;

    GatedJob(Path directory) throws IOException {
        this.directory = directory;
        writeInput("text of row ", ROWS);
        Files.writeString(directory.resolve("categories.txt"), AnswerServer.categories());
        server = new AnswerServer(call -> {
            asked.countDown();
            await(gate);
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void writeInput(String text, int rows) throws IOException {
        StringBuilder csv = new StringBuilder("text\n");
        for (int row = 1; row <= rows; row++) {
            csv.append(text).append(row).append('\n');
        }
        Files.writeString(directory.resolve("input.csv"), csv);
    }

    /** The arguments of a run that asks the server. */
    String[] run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "input.csv",
                "--categories=categories.txt",
                "--provider=answer-server",
                "--option=port=" + server.port(),
                "--concurrency=" + CALLS_AT_ONCE));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    CliProcess start(String... more) throws IOException {
        return CliProcess.start(directory, run(more));
    }

    void completes(String... more) throws Exception {
        try (CliProcess process = start(more)) {
            assertThat(process.exitCode()).as(process::err).isZero();
        }
    }

    /** Until all calls that there can be at once have come. */
    void awaitCalls() throws InterruptedException {
        asked.await();
    }

    void openGate() {
        gate.countDown();
    }

    int calls() {
        return server.calls();
    }

    long callsSentAgain() {
        return server.callsSentAgain();
    }

    void requireRightOutput() throws IOException {
        requireRight(directory.resolve("output.csv"));
    }

    static void requireRight(Path output) throws IOException {
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

    @Override
    public void close() throws IOException {
        openGate();
        server.close();
    }
}

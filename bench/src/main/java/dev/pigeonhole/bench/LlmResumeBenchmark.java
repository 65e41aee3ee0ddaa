package dev.pigeonhole.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * P14: a job of a million rows is killed when 98 % of its calls are made, and the same command is given again: how long it takes to its
 * first call, beside a job of one call, and beside reading the input.
 *
 * @param command how the command line is started
 */
record LlmResumeBenchmark(Path folder, List<String> command, long rows) {
    static final long ROWS = 1_000_000;
    private static final int ROWS_A_CALL = 20;
    private static final int LEFT_OF_HUNDRED = 2;
    private static final long MOST_MEGABYTES = 256;
    /** As the launcher starts Java for so large an input, but for its archive of classes. */
    private static final List<String> LARGE = EngineBenchmark.LARGE.subList(1, EngineBenchmark.LARGE.size());

    LlmResumeBenchmark {
        command = List.copyOf(command);
    }

    private record FirstCall(double cpuSeconds, double wallSeconds, long residentPeakKb) {}

    void run() throws IOException, InterruptedException {
        Path here = folder.resolve("P14");
        MessyTable one = MessyTable.write(folder.resolve("one"), ROWS_A_CALL);
        MessyTable table = MessyTable.write(here, rows);
        try {
            FirstCall small;
            try (FakeServer server = start(one)) {
                small = firstCall(one, server, command, List.of());
            }
            FirstCall resumed;
            try (FakeServer server = start(table)) {
                kill(table, server, rows - rows / 100 * LEFT_OF_HUNDRED);
                server.reset();
                resumed = firstCall(table, server, large(), List.of("-j", "32"));
            }
            Child read = Child.run(PlainProcess.class, List.of(), "fastcsv-read", table.input(), "none", 3);
            report(small, resumed, table.judge(here.resolve("output.csv")), read.number("pass_cpu_ms") / 1_000.0);
        } finally {
            Benchmarks.delete(here);
            Benchmarks.delete(one.folder());
        }
    }

    private static FakeServer start(MessyTable table) throws IOException {
        return FakeServer.start(List.of("--labels=" + table.labels()));
    }

    /** Other compilers, and else the same. */
    private List<String> large() {
        List<String> all = new ArrayList<>(command);
        all.removeAll(Child.AS_SHIPPED);
        all.addAll(1, LARGE);
        return all;
    }

    private void kill(MessyTable table, FakeServer server, long answered) throws IOException, InterruptedException {
        Process process = command(table, server, large(), List.of("-j", "32"));
        try {
            while (server.stats().ended() < answered / ROWS_A_CALL) {
                if (!process.isAlive()) {
                    throw new IOException("it ended by itself, with " + process.exitValue());
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } finally {
            process.destroyForcibly().waitFor(); // kill -9
        }
    }

    /** Runs to the end; the server is asked every few milliseconds whether the first call has come. */
    private static FirstCall firstCall(MessyTable table, FakeServer server, List<String> command, List<String> more)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process process = command(table, server, command, more);
        try {
            while (server.stats().calls() == 0 && process.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
            double wall = (System.nanoTime() - began) / 1e9;
            Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
            long peak = 0;
            while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, CliRun.residentPeakKb(process.toHandle()));
            }
            if (process.exitValue() != 0) {
                throw new IOException("it ended with " + process.exitValue());
            }
            return new FirstCall(cpu.toMillis() / 1_000.0, wall, peak);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process command(MessyTable table, FakeServer server, List<String> command, List<String> more)
            throws IOException {
        List<String> arguments =
                LlmBenchmark.arguments(command, server, table.input(), table.categories(), table.folder());
        arguments.add("--text-column=text");
        arguments.add("--yes");
        arguments.addAll(more);
        return new ProcessBuilder(arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void report(FirstCall small, FirstCall resumed, MessyTable.Verdict output, double readSeconds) {
        Report.head(
                "P14: " + Report.number(rows) + " rows, killed when 98 % of the calls were answered, started again;"
                        + " without the launcher's archive of classes",
                "what",
                "wanted",
                "got",
                "");
        List<Goal> goals = List.of(
                Goal.atMost(
                        "CPU s to the first call (that of a job of one call + 3 x FastCSV reading the input)",
                        small.cpuSeconds() + 3 * readSeconds,
                        resumed.cpuSeconds()),
                Goal.atMost(
                        "wall s to the first call (likewise)",
                        small.wallSeconds() + 3 * readSeconds,
                        resumed.wallSeconds()),
                Goal.atMost("resident peak MB", (double) MOST_MEGABYTES, resumed.residentPeakKb() / 1_024.0),
                Goal.clean(output));
        for (Goal goal : goals) {
            Report.line(goal.what(), goal.wanted(), goal.value(), goal.met() ? "ok" : "**missed**");
        }
        System.out.printf(
                Locale.ROOT,
                "%nA job of one call: first call after %.2f s of CPU, %.2f s wall; FastCSV reads the input in %.2f s of CPU.%n",
                small.cpuSeconds(),
                small.wallSeconds(),
                readSeconds);
    }
}

package dev.pigeonhole.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * P13: a file of one call, from start to end.
 *
 * @param command how the command line is started without the launcher
 */
record OneCallBenchmark(Path folder, List<String> command) {
    private static final int RUNS = 5;
    private static final double MOST_SECONDS = 1.2;
    private static final double MOST_CPU_SECONDS = 0.8;

    void run() throws IOException, InterruptedException {
        Report.head("P13, one call; medians of " + RUNS + " runs", "how", "goal", "wanted", "value", "");
        Path here = folder.resolve("P13");
        MessyTable table = MessyTable.write(here, 20);
        line("no archive of classes", command, table);
        if (Files.isExecutable(Path.of("pigeonhole"))) {
            List<String> launcher = List.of("./pigeonhole");
            once(launcher, table, -1); // Builds, if need be.
            line("the launcher", launcher, table);
        }
        Benchmarks.delete(here);
    }

    private void line(String how, List<String> start, MessyTable table) throws IOException, InterruptedException {
        List<CliRun> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(once(start, table, i));
        }
        double wall = runs.stream().mapToLong(CliRun::wallMillis).sorted().toArray()[RUNS / 2] / 1_000.0;
        double cpu = runs.stream().mapToLong(CliRun::cpuMillis).sorted().toArray()[RUNS / 2] / 1_000.0;
        for (Goal goal :
                List.of(Goal.atMost("wall s", MOST_SECONDS, wall), Goal.atMost("CPU s", MOST_CPU_SECONDS, cpu))) {
            Report.line(how, goal.what(), goal.wanted(), goal.value(), goal.met() ? "ok" : "**missed**");
        }
    }

    private static CliRun once(List<String> start, MessyTable table, int number)
            throws IOException, InterruptedException {
        Path here = table.folder().resolve("run" + number);
        Benchmarks.delete(here); // Of another way to start.
        Files.createDirectory(here);
        try (FakeServer server = FakeServer.start(List.of("--labels=" + table.labels()))) {
            List<String> arguments = LlmBenchmark.arguments(start, server, table.input(), table.categories(), here);
            arguments.add("--text-column=text");
            CliRun run = CliRun.of(arguments);
            if (run.exitCode() != 0 || !table.judge(here.resolve("output.csv")).isClean()) {
                throw new IOException("the output is not what it has to be; exit code " + run.exitCode());
            }
            return run;
        }
    }
}

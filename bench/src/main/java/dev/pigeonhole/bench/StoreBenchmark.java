package dev.pigeonhole.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The store alone: commits beside bare forces of a file on the same disk, and opening what a killed process left.
 *
 * @param commits of twenty rows each
 * @param rows recorded before the kill
 */
record StoreBenchmark(Path folder, int commits, long rows) {
    private static final List<String> FLAGS = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    void run() throws IOException, InterruptedException {
        compareCommits();
        recovery();
    }

    private void compareCommits() throws IOException, InterruptedException {
        Path here = Files.createDirectory(folder.resolve("commits"));
        Child child = Child.run(StoreProcess.class, FLAGS, here, "commit", commits);
        Report.head(
                Report.number(commits)
                        + " of each, one after the other in turns; a commit has twenty rows, a force 4 KB",
                "what",
                "a second",
                "p50 ms",
                "p99 ms");
        line("commit", child, "commit", perSecond(child, "commit"));
        line("bare append and force", child, "force", perSecond(child, "force"));
        line(
                "commit, " + StoreProcess.CALLERS + " callers at once",
                child,
                "together",
                Report.number(child.number("together_a_second")));
        Benchmarks.delete(here);
    }

    private static String perSecond(Child child, String what) {
        return Report.number(1_000_000 / Math.max(1, child.number(what + "_mean_us")));
    }

    private static void line(String what, Child child, String name, String perSecond) {
        Report.line(what, perSecond, millis(child, name + "_p50_us"), millis(child, name + "_p99_us"));
    }

    private void recovery() throws IOException, InterruptedException {
        Path here = Files.createDirectory(folder.resolve("recovery"));
        fillAndKill(here);
        long bytes = size(here);
        Child child = Child.run(StoreProcess.class, FLAGS, here, "open", 0);
        if (child.number("rows") < rows || child.number("seen") != child.number("rows")) {
            throw new IllegalStateException("rows are missing: " + child);
        }
        Report.head(
                Report.number(child.number("rows")) + " rows recorded when the process was killed, "
                        + Report.megabytes(bytes >> 10) + " MB",
                "what",
                "ms");
        Report.line("open the store and take the job", millis(child, "open_us"));
        Report.line("count the outcomes", millis(child, "count_us"));
        Report.line("read all outcomes, checksums compared", millis(child, "read_us"));
        Benchmarks.delete(here);
    }

    private void fillAndKill(Path here) throws IOException, InterruptedException {
        Process process = Child.start(StoreProcess.class, FLAGS, here, "fill", rows);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String said = out.readLine();
            if (said == null) {
                throw new IOException("the store was not filled");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static String millis(Child child, String name) {
        return String.format(Locale.ROOT, "%.2f", child.number(name) / 1_000.0);
    }
}

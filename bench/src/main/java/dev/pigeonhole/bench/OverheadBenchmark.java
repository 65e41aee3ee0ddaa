package dev.pigeonhole.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What the engine and the store take for a call of twenty rows that costs money and is answered at once: each answer is durable before
 * its place in flight is free again.
 */
record OverheadBenchmark(Path folder, long rows) {
    private static final List<String> FLAGS = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final List<Integer> PLACES = List.of(1, 16, 64, 256);

    void run() throws IOException, InterruptedException {
        Path input = folder.resolve("input.csv");
        String expected = SampleTable.write(input, rows);
        Report.head(
                Report.number(rows) + " rows, answers paid for and made at once, -Xmx64m, C1 only",
                "in flight",
                "calls",
                "calls a second",
                "CPU ms a call, start and output included",
                "CPU s",
                "wall s",
                "heap after collection MB",
                "resident peak MB");
        for (int places : PLACES) {
            line(places, input, expected);
        }
        Files.delete(input);
    }

    private void line(int places, Path input, String expected) throws IOException, InterruptedException {
        Path job = Files.createDirectory(folder.resolve("job"));
        Child child = Child.run(EngineProcess.class, FLAGS, input, job, 0, EngineProcess.PAID, places);
        if (!Sha256.of(job.resolve("output.csv")).equals(expected)) {
            throw new IllegalStateException("the output is not what it has to be: " + child);
        }
        Benchmarks.delete(job);
        double calls = child.number("calls");
        Report.line(
                places,
                Report.number(child.number("calls")),
                Report.number(Math.round(calls * 1_000 / Math.max(1, child.number("wall_ms")))),
                String.format(Locale.ROOT, "%.2f", child.number("cpu_ms") / calls),
                Report.seconds(child.number("cpu_ms")),
                Report.seconds(child.number("wall_ms")),
                Report.megabytes(child.number("heap_after_gc_kb")),
                Report.megabytes(child.number("rss_peak_kb")));
    }
}

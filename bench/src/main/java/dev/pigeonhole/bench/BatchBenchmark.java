package dev.pigeonhole.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a job's own work takes in each lane, in 64 MB of heap, with a server that answers at once: reading, prompts, ledger, files of
 * requests and of answers, output.
 */
record BatchBenchmark(Path folder, long rows) {
    private static final List<String> SMALL_HEAP = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    void run() throws IOException, InterruptedException {
        Path input = folder.resolve("input.csv");
        SampleTable.write(input, rows);
        Report.head(
                Report.number(rows) + " rows, 20 a request, -Xmx64m, serial collector, C1 only",
                "lane",
                "requests",
                "cost $",
                "rows per CPU second",
                "CPU s",
                "wall s",
                "heap after collection MB",
                "heap peak MB",
                "resident peak MB");
        for (String lane : List.of("sync", "batch")) {
            lane(input, lane);
        }
        Files.delete(input);
    }

    private void lane(Path input, String lane) throws IOException, InterruptedException {
        Path job = Files.createDirectory(folder.resolve(lane));
        try (FakeServer server = FakeServer.start(List.of())) {
            Child child = Child.run(BatchProcess.class, SMALL_HEAP, input, job, server.baseUrl(), lane);
            if (child.number("rows") != rows || child.number("categorized") != rows) {
                throw new IllegalStateException("rows are missing: " + child);
            }
            Report.line(
                    lane,
                    Report.number(child.number("calls")),
                    String.format(java.util.Locale.ROOT, "%.4f", child.number("picodollars") / 1e12),
                    Report.number(child.rowsPerCpuSecond()),
                    Report.seconds(child.number("cpu_ms")),
                    Report.seconds(child.number("wall_ms")),
                    Report.megabytes(child.number("heap_after_gc_kb")),
                    Report.megabytes(child.number("heap_peak_kb")),
                    Report.megabytes(child.number("rss_peak_kb")));
        }
        Benchmarks.delete(job);
    }
}

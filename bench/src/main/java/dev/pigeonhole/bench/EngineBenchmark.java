package dev.pigeonhole.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The whole engine with a categorizer that does nothing, beside two CSV libraries that read and write the same file. */
record EngineBenchmark(Path folder, long rows) {
    /** Longer runs are worth the second compiler. */
    private static final long MOST_ROWS_FOR_C1 = 1_000_000;

    private static final List<String> SMALL_HEAP = List.of("-Xmx64m", "-XX:+UseSerialGC");
    private static final List<String> SMALL_HEAP_AS_SHIPPED =
            List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    void run() throws IOException, InterruptedException {
        Path input = folder.resolve("input.csv");
        String expected = SampleTable.write(input, rows);
        Report.head(
                Report.number(rows) + " rows, " + Report.number(Files.size(input))
                        + " bytes, -Xmx64m, serial collector",
                "what",
                "rows per CPU second",
                "CPU s",
                "wall s",
                "heap after collection MB",
                "heap peak MB",
                "resident peak MB");
        if (rows <= MOST_ROWS_FOR_C1) {
            all("C1 only", input, expected, SMALL_HEAP_AS_SHIPPED);
        }
        all("C1 and C2", input, expected, SMALL_HEAP);
        Files.delete(input);
    }

    private void all(String how, Path input, String expected, List<String> flags)
            throws IOException, InterruptedException {
        engine("engine, " + how, "", input, expected, flags);
        engine("engine, answers paid for, " + how, EngineProcess.PAID, input, expected, flags);
        plain("fastcsv, " + how, "fastcsv", input, flags);
        plain("commons-csv, " + how, "commons-csv", input, flags);
    }

    private void engine(String what, String kind, Path input, String expected, List<String> flags)
            throws IOException, InterruptedException {
        Path job = Files.createDirectory(folder.resolve("job"));
        Child child = Child.run(EngineProcess.class, flags, input, job, 0, kind);
        if (child.number("categorized") != rows
                || !Sha256.of(job.resolve("output.csv")).equals(expected)) {
            throw new IllegalStateException("the output is not what it has to be: " + child);
        }
        Benchmarks.delete(job);
        line(what, child);
    }

    private void plain(String what, String library, Path input, List<String> flags)
            throws IOException, InterruptedException {
        Path output = folder.resolve("copy.csv");
        Child child = Child.run(PlainProcess.class, flags, library, input, output, 1);
        Files.delete(output);
        line(what, child);
    }

    private static void line(String what, Child child) {
        Report.line(
                what,
                Report.number(child.rowsPerCpuSecond()),
                Report.seconds(child.number("cpu_ms")),
                Report.seconds(child.number("wall_ms")),
                Report.megabytes(child.number("heap_after_gc_kb")),
                Report.megabytes(child.number("heap_peak_kb")),
                Report.megabytes(child.number("rss_peak_kb")));
    }
}

package dev.pigeonhole.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The whole engine with a categorizer that does nothing, beside two CSV libraries that read and write the same file; several times,
 * in turns, and the median of each by CPU.
 */
record EngineBenchmark(Path folder, long rows, int turns) {
    /** Longer runs are worth the second compiler. */
    private static final long MOST_ROWS_FOR_C1 = 1_000_000;

    private static final List<String> SMALL_HEAP = List.of("-Xmx64m", "-XX:+UseSerialGC");
    private static final List<String> C1 = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    /** As the launcher starts Java where an argument is a large file. */
    static final List<String> LARGE = List.of(
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:Tier4InvocationThreshold=150000",
            "-XX:Tier4MinInvocationThreshold=20000",
            "-XX:Tier4CompileThreshold=400000",
            "-XX:Tier4BackEdgeThreshold=1000000");

    void run() throws IOException, InterruptedException {
        Path input = folder.resolve("input.csv");
        String expected = SampleTable.write(input, rows);
        Report.head(
                Report.number(rows) + " rows, " + Report.number(Files.size(input))
                        + " bytes, -Xmx64m, serial collector; medians of " + turns + " in turns",
                "what",
                "rows per CPU second",
                "of Commons CSV",
                "of FastCSV",
                "CPU s",
                "wall s",
                "heap after collection MB",
                "heap peak MB",
                "resident peak MB");
        if (rows <= MOST_ROWS_FOR_C1) {
            all("C1 only", input, expected, C1);
        }
        all("C1 and C2", input, expected, SMALL_HEAP);
        all("as the launcher runs a large file", input, expected, LARGE);
        Files.delete(input);
    }

    private void all(String how, Path input, String expected, List<String> flags)
            throws IOException, InterruptedException {
        List<Child> engine = new ArrayList<>();
        List<Child> fast = new ArrayList<>();
        List<Child> commons = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            engine.add(engine(folder, rows, input, expected, flags));
            fast.add(plain("fastcsv", input, flags));
            commons.add(plain("commons-csv", input, flags));
        }
        long fastRate = median(fast).rowsPerCpuSecond();
        long commonsRate = median(commons).rowsPerCpuSecond();
        line("engine, " + how, median(engine), commonsRate, fastRate);
        line("FastCSV reads and writes, " + how, median(fast), commonsRate, fastRate);
        line("Commons CSV reads and writes, " + how, median(commons), commonsRate, fastRate);
    }

    private static Child median(List<Child> runs) {
        return runs.stream()
                .sorted(Comparator.comparingLong(child -> child.number("cpu_ms")))
                .toList()
                .get(runs.size() / 2);
    }

    /** One run of the engine whose output is what it has to be. */
    static Child engine(Path folder, long rows, Path input, String expected, List<String> flags)
            throws IOException, InterruptedException {
        Path job = Files.createDirectory(folder.resolve("job"));
        try {
            Child child = Child.run(EngineProcess.class, flags, input, job, 0);
            if (child.number("categorized") != rows
                    || !Sha256.of(job.resolve("output.csv")).equals(expected)) {
                throw new IllegalStateException("the output is not what it has to be: " + child);
            }
            return child;
        } finally {
            Benchmarks.delete(job);
        }
    }

    private Child plain(String library, Path input, List<String> flags) throws IOException, InterruptedException {
        Path output = folder.resolve("copy.csv");
        Child child = Child.run(PlainProcess.class, flags, library, input, output, 1);
        Files.delete(output);
        return child;
    }

    private static void line(String what, Child child, long commons, long fast) {
        Report.line(
                what,
                Report.number(child.rowsPerCpuSecond()),
                ratio(child.rowsPerCpuSecond(), commons),
                ratio(child.rowsPerCpuSecond(), fast),
                Report.seconds(child.number("cpu_ms")),
                Report.seconds(child.number("wall_ms")),
                Report.megabytes(child.number("heap_after_gc_kb")),
                Report.megabytes(child.number("heap_peak_kb")),
                Report.megabytes(child.number("rss_peak_kb")));
    }

    private static String ratio(long rate, long other) {
        return String.format(Locale.ROOT, "%.3f", (double) rate / Math.max(1, other));
    }
}

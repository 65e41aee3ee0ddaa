package dev.pigeonhole.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The local categorizer with the 77 categories of Banking77, beside FastCSV. */
record LocalBenchmark(Path folder, long rows) {
    private static final Path CATEGORIES = Path.of("examples", "banking77", "categories.yaml");

    void run() throws IOException, InterruptedException {
        Path input = folder.resolve("input.csv");
        SampleTable.write(input, rows);
        Report.head(
                Report.number(rows) + " rows, local categorizer, 77 categories, -Xmx64m, serial collector",
                "what",
                "rows per CPU second",
                "CPU s",
                "wall s",
                "resident peak MB");
        for (List<String> flags : List.of(
                List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of("-Xmx64m", "-XX:+UseSerialGC"))) {
            String how = flags.size() == 3 ? ", C1 only" : ", C1 and C2";
            Path job = Files.createDirectory(folder.resolve("job"));
            line("local" + how, Child.run(EngineProcess.class, flags, input, job, 0, CATEGORIES));
            Benchmarks.delete(job);
            line(
                    "fastcsv" + how,
                    Child.run(PlainProcess.class, flags, "fastcsv", input, folder.resolve("copy.csv"), 1));
        }
    }

    private static void line(String what, Child child) {
        Report.line(
                what,
                Report.number(child.rowsPerCpuSecond()),
                Report.seconds(child.number("cpu_ms")),
                Report.seconds(child.number("wall_ms")),
                Report.megabytes(child.number("rss_peak_kb")));
    }
}

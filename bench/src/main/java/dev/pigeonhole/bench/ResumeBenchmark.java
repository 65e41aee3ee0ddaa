package dev.pigeonhole.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How long a job of which 98 % is done takes to its first call, beside a job of one row and beside reading the input. */
record ResumeBenchmark(Path folder, long rows) {
    private static final List<String> FLAGS = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    void run() throws IOException, InterruptedException {
        Path input = folder.resolve("input.csv");
        SampleTable.write(input, rows);
        Path small = folder.resolve("small.csv");
        SampleTable.write(small, 1);
        Path job = Files.createDirectory(folder.resolve("job"));
        Child.run(EngineProcess.class, FLAGS, input, job, rows / 100 * 98);
        Report.head(
                Report.number(rows) + " rows, " + Report.number(rows / 100 * 98) + " of them done, -Xmx64m, as shipped",
                "what",
                "CPU s",
                "wall s",
                "heap peak MB",
                "resident peak MB");
        Child trivial = Child.run(EngineProcess.class, FLAGS, small, Files.createDirectory(folder.resolve("one")), 0);
        firstCall("first call of a new job of 1 row", trivial);
        Child resumed = Child.run(EngineProcess.class, FLAGS, input, job, 0);
        firstCall("first call of the resumed job", resumed);
        line("the resumed job to its end", resumed, resumed.number("cpu_ms"), resumed.number("wall_ms"));
        Child read = Child.run(PlainProcess.class, List.of(), "fastcsv-read", input, "none", 3);
        Report.line(
                "FastCSV reads the input, best of 3 passes", Report.seconds(read.number("pass_cpu_ms")), "", "", "");
        System.out.println("\nasked about: " + Report.number(resumed.number("asked"))
                + " rows; goal for the first call: "
                + Report.seconds(trivial.number("first_call_cpu_ms") + 3 * read.number("pass_cpu_ms")) + " CPU s");
    }

    private static void firstCall(String what, Child child) {
        line(what, child, child.number("first_call_cpu_ms"), child.number("first_call_wall_ms"));
    }

    private static void line(String what, Child child, long cpuMillis, long wallMillis) {
        Report.line(
                what,
                Report.seconds(cpuMillis),
                Report.seconds(wallMillis),
                Report.megabytes(child.number("heap_peak_kb")),
                Report.megabytes(child.number("rss_peak_kb")));
    }
}

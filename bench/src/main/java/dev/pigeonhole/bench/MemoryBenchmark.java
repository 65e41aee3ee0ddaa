package dev.pigeonhole.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the engine holds in memory for files of different sizes, with room to spare, and with how little room it can do: the smallest
 * heap of a ladder in which the output comes out right; for large files, whether one small heap is enough.
 *
 * @param sizes rows of the files
 */
record MemoryBenchmark(Path folder, List<Long> sizes) {
    private static final List<Integer> LADDER = List.of(8, 10, 12, 14, 16, 20, 24, 32, 48, 64);
    /** A larger file says the same, and takes long where there is hardly room: only one heap is tried. */
    private static final long MOST_ROWS_FOR_LADDER = 1_000_000;

    private static final int HEAP_FOR_LARGE = 16;

    /** With hardly any room a run does little but collect. */
    private static final Duration MOST = Duration.ofMinutes(1);

    private static final Duration MOST_FOR_LARGE = Duration.ofMinutes(5);

    MemoryBenchmark {
        sizes = List.copyOf(sizes);
    }

    void run() throws IOException, InterruptedException {
        Report.head(
                "Engine with a categorizer that does nothing, -Xmx64m, serial collector, as the launcher runs a large file",
                "rows",
                "file MB",
                "heap after collection MB",
                "heap peak MB",
                "resident peak MB",
                "-Xmx that is enough MB",
                "CPU s",
                "wall s");
        int least = 0;
        for (long rows : sizes) {
            least = line(rows, least);
        }
    }

    /**
     * @param least no smaller heap needs to be tried
     * @return the smallest that works
     */
    private int line(long rows, int least) throws IOException, InterruptedException {
        Path input = folder.resolve("input.csv");
        String expected = SampleTable.write(input, rows);
        boolean large = rows > MOST_ROWS_FOR_LADDER;
        int smallest = large ? Math.max(least, HEAP_FOR_LARGE) : smallest(input, expected, least);
        boolean works = !large || works(input, expected, flags(smallest), MOST_FOR_LARGE);
        Child child = EngineBenchmark.engine(folder, rows, input, expected, EngineBenchmark.LARGE);
        Report.line(
                Report.number(rows),
                Report.megabytes(Files.size(input) >> 10),
                Report.megabytes(child.number("heap_after_gc_kb")),
                Report.megabytes(child.number("heap_peak_kb")),
                Report.megabytes(child.number("rss_peak_kb")),
                (works ? "" : "more than ") + smallest,
                Report.seconds(child.number("cpu_ms")),
                Report.seconds(child.number("wall_ms")));
        Files.delete(input);
        return smallest;
    }

    private int smallest(Path input, String expected, int least) throws IOException, InterruptedException {
        for (int megabytes : LADDER) {
            if (megabytes >= least && works(input, expected, flags(megabytes), MOST)) {
                return megabytes;
            }
        }
        throw new IllegalStateException("no heap of " + LADDER + " MB is enough");
    }

    private boolean works(Path input, String expected, List<String> flags, Duration most)
            throws IOException, InterruptedException {
        Path job = Files.createDirectory(folder.resolve("small"));
        try {
            return Child.endsWell(EngineProcess.class, most, flags, input, job, 0)
                    && Sha256.of(job.resolve("output.csv")).equals(expected);
        } finally {
            Benchmarks.delete(job);
        }
    }

    private static List<String> flags(int megabytes) {
        List<String> flags = new ArrayList<>(EngineBenchmark.LARGE);
        flags.set(0, "-Xmx" + megabytes + "m");
        flags.add("-XX:+ExitOnOutOfMemoryError");
        return flags;
    }
}

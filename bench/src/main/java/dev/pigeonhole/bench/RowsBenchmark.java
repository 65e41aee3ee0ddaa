package dev.pigeonhole.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Looking at the rows of a large job, as the web page does: pages, filters, orders, counts, searches, reviews. */
record RowsBenchmark(Path folder, long rows) {
    private static final double MOST_MILLIS = 300;

    void run() throws IOException, InterruptedException {
        List<String> heap = List.of("-Xmx64m", "-XX:+UseSerialGC");
        List<String> quick = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        Child.run(RowsJob.class, heap, folder, rows);
        show("C1 only", Child.run(RowsProcess.class, quick, folder, rows));
        show("C1 and C2", Child.run(RowsProcess.class, heap, folder, rows));
    }

    private void show(String how, Child child) {
        Report.head(
                Report.number(rows) + " rows, -Xmx64m, " + how
                        + "; first look " + Report.seconds(child.number("first_look_ms"))
                        + " s, heap after collection " + Report.megabytes(child.number("heap_after_gc_kb"))
                        + " MB, heap peak " + Report.megabytes(child.number("heap_peak_kb")) + " MB, resident peak "
                        + Report.megabytes(child.number("rss_peak_kb")) + " MB",
                "what",
                "p50 ms",
                "p95 ms",
                "");
        for (String what : RowsProcess.names()) {
            double p95 = child.number(what + " p95") / 1_000.0;
            Report.line(
                    what,
                    millis(child.number(what + " p50") / 1_000.0),
                    millis(p95),
                    p95 <= MOST_MILLIS ? "ok" : "**missed**");
        }
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}

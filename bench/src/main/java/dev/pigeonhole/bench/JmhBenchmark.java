package dev.pigeonhole.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The inner loops, by JMH: time and memory of one operation, each in a process of its own with both compilers.
 *
 * @param regex which of them
 * @param quick whether one short iteration is enough, which says nothing about speed
 */
record JmhBenchmark(String regex, boolean quick) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    void run() throws IOException {
        Report.head(
                "One process each, " + (quick ? "one short iteration" : "3 warm-ups and 5 iterations of 0.5 s")
                        + "; the error is JMH's, half of the interval of 99.9 %",
                "loop",
                "ns/op",
                "± ns",
                "B/op");
        for (RunResult result : measure()) {
            double error = result.getPrimaryResult().getScoreError();
            Report.line(
                    "`" + name(result) + "`",
                    number(result.getPrimaryResult().getScore()),
                    Double.isNaN(error) ? "" : number(error),
                    allocated(result));
        }
    }

    private List<RunResult> measure() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(regex)
                .jvm(java.toString())
                .jvmArgs("-Xmx512m", "-XX:+UseSerialGC", "-Dslf4j.internal.verbosity=ERROR")
                .forks(1)
                .warmupIterations(quick ? 0 : 3)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(quick ? 1 : 5)
                .measurementTime(TimeValue.milliseconds(quick ? 50 : 500))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class);
        try {
            Collection<RunResult> results = new Runner(options.build()).run();
            return results.stream()
                    .sorted(Comparator.comparing(JmhBenchmark::name))
                    .toList();
        } catch (RunnerException e) {
            throw new IOException("JMH did not run " + regex, e);
        }
    }

    private static String name(RunResult result) {
        String name = result.getParams().getBenchmark();
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1);
    }

    private static String allocated(RunResult result) {
        for (String name : result.getSecondaryResults().keySet()) {
            if (name.endsWith(ALLOCATED)) {
                return number(result.getSecondaryResults().get(name).getScore());
            }
        }
        return "";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }
}

package dev.pigeonhole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmarks run. */
class SmokeTest {
    @TempDir
    private Path folder;

    @Test
    void engine() throws IOException, InterruptedException {
        new EngineBenchmark(folder, 5_000, 1).run();
    }

    @Test
    void overhead() throws IOException, InterruptedException {
        new OverheadBenchmark(folder, 1_000).run();
    }

    /** One of the inner loops, for an instant. */
    @Test
    void jmh() throws IOException {
        new JmhBenchmark("StoreLoops.checksumOfRow", true).run();
    }

    @Test
    void rows() throws IOException, InterruptedException {
        new RowsBenchmark(folder, 3_000).run();
    }

    @Test
    void web() throws IOException, InterruptedException {
        new WebBenchmark(folder, Path.of("..", "examples", "banking77"), 3_000, 1).run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fastcsv", "fastcsv-read", "commons-csv"})
    void librariesSeeAllRows(String library) throws IOException, InterruptedException {
        Path input = folder.resolve("input.csv");
        SampleTable.write(input, 2_000);
        Child child = Child.run(PlainProcess.class, List.of(), library, input, folder.resolve("copy.csv"), 2);
        assertThat(child.number("rows")).isEqualTo(2_000);
        assertThat(child.number("rss_peak_kb")).isNotNegative();
    }
}

package dev.pigeonhole.bench.inner;

import dev.pigeonhole.core.Taxonomy;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading the 77 categories of Banking77, with descriptions, keywords and examples. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TaxonomyLoad {
    private static final Path CATEGORIES = Path.of("examples", "banking77", "categories.yaml");

    @Benchmark
    public Taxonomy yaml() {
        return Taxonomy.load(CATEGORIES);
    }
}

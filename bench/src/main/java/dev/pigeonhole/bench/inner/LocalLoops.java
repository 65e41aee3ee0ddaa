package dev.pigeonhole.bench.inner;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.local.LocalCategorizer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Features and scores of a text with the 77 categories of Banking77, which were learned before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LocalLoops {
    private static final int TEXTS = 100;

    private final Taxonomy taxonomy = Taxonomy.load(Path.of("examples", "banking77", "categories.yaml"));
    private final LocalCategorizer categorizer = LocalCategorizer.of(taxonomy);
    /** Of words that the categorizer knows. */
    private final List<Item> items = IntStream.range(0, TEXTS)
            .mapToObj(i -> new Item(
                    i + 1L,
                    taxonomy.categories().get(i % 77).examples().get(0) + " "
                            + taxonomy.categories().get(i * 7 % 77).examples().get(1)))
            .toList();

    @Benchmark
    @OperationsPerInvocation(TEXTS)
    public List<Outcome> featuresAndScores() {
        return categorizer.categorize(items);
    }
}

package dev.pigeonhole.core.combine;

import dev.pigeonhole.bench.inner.SmallTable;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/** Making a line of the output: the record is read from the input, and its outcome put behind it. */
@NullMarked
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OutputLoop {
    private static final Outcome OUTCOME = Outcome.categorized("card_arrival", "gpt-4o-mini");

    @Benchmark
    @OperationsPerInvocation(SmallTable.ROWS)
    public void writeRecord(SmallTable table, Blackhole hole) {
        try (OutputLines lines = new OutputLines(table.source(), table.profile())) {
            for (long row = 1; row <= SmallTable.ROWS; row++) {
                hole.consume(lines.line(new RowOutcome(row, OUTCOME, 1, 1)));
            }
        }
    }
}

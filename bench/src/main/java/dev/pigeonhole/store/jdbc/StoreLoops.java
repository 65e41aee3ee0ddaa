package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What the store does for each row besides SQL. */
@NullMarked
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoreLoops {
    private static final int ROWS = 256;

    private final RowOutcome row = new RowOutcome(123_456, Outcome.categorized("card_arrival", "gpt-4o-mini"), 3, 1);
    private final String pack = encode();

    @Benchmark
    public long checksumOfRow() {
        return Checksum.of(row);
    }

    /** A row of a pack of 256. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public String encodePackedRow() {
        return encode();
    }

    /** A row of a pack of 256. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void decodePackedRow(Blackhole hole) throws SQLException {
        PackText.read(pack, numbers -> hole.consume(numbers[0]));
    }

    private static String encode() {
        PackText text = new PackText();
        for (int i = 0; i < ROWS; i++) {
            text.add(new long[] {i, 0, i % 77, PackText.NONE, 1, i / 20, 1});
        }
        return text.finish();
    }
}

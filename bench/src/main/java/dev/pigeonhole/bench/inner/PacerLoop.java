package dev.pigeonhole.bench.inner;

import dev.pigeonhole.llm.pace.PaceSettings;
import dev.pigeonhole.llm.pace.Pacer;
import dev.pigeonhole.llm.pace.Pacing;
import dev.pigeonhole.llm.pace.RateLimits;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Letting a call through that need not wait, and hearing how it ended. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PacerLoop {
    private static final Duration TOOK = Duration.ofMillis(300);

    private final Pacer unlimited =
            Pacing.start(new PaceSettings(OptionalInt.empty(), OptionalLong.empty(), 100, true));

    @Benchmark
    public void admit() {
        unlimited.acquire(1_000).answered(900, RateLimits.UNKNOWN, TOOK);
    }
}

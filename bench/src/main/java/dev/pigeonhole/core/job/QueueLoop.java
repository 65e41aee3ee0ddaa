package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Item;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/** Handing a sub-batch over: it is added, taken and done. */
@NullMarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QueueLoop {
    private final WorkQueue queue = new WorkQueue();
    private final Work work = Work.first(1, 1, List.of(new Item(1, "text")), 20);

    @Benchmark
    public Optional<Work> handOver() {
        return addAndTake();
    }

    /** Each thread adds before it takes, so nobody waits for ever. */
    @Benchmark
    @Threads(2)
    public Optional<Work> handOverByTwoThreads() {
        return addAndTake();
    }

    private Optional<Work> addAndTake() {
        queue.add(work);
        Optional<Work> taken = queue.take();
        queue.done();
        return taken;
    }
}

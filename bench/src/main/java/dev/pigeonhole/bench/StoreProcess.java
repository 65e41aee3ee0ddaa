package dev.pigeonhole.bench;

import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * The store alone. Arguments: a folder; what to do; a number.
 *
 * <ul>
 *   <li>{@code commit} so many times, twenty rows each, in turns with forcing a file of our own; then from {@value #CALLERS} threads
 *   <li>{@code fill} with so many rows, say so, and go on recording until killed
 *   <li>{@code open} what was filled, and read all of it
 * </ul>
 */
final class StoreProcess {
    static final int CALLERS = 16;
    private static final int ROWS = 20;
    private static final int BLOCK = 4_096;

    private final AtomicLong nextRow = new AtomicLong(1);
    private final JobLease lease;

    private StoreProcess(JobLease lease) {
        this.lease = lease;
    }

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Path folder = Path.of(args[0]);
        long number = Long.parseLong(args[2]);
        long began = System.nanoTime();
        try (CheckpointStore store = RowsJob.store(folder)) {
            String job = store.jobs().isEmpty()
                    ? store.create(RowsJob.plan(folder)).id()
                    : store.jobs().get(0).id();
            try (JobLease lease = store.acquire(job, new Holder(1, "bench", Instant.EPOCH))) {
                long opened = System.nanoTime();
                StoreProcess process = new StoreProcess(lease);
                switch (args[1]) {
                    case "commit" -> process.commit((int) number, folder.resolve("raw"));
                    case "fill" -> process.fill(number);
                    default -> {
                        tell("open_us", (opened - began) / 1_000);
                        process.readAll();
                    }
                }
            }
        }
    }

    private void commit(int times, Path raw) throws IOException, InterruptedException, ExecutionException {
        record();
        long[] commits = new long[times];
        long[] forces = new long[times];
        try (FileChannel channel =
                FileChannel.open(raw, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            for (int i = 0; i < times; i++) {
                commits[i] = record();
                long began = System.nanoTime();
                channel.write(ByteBuffer.allocate(BLOCK));
                channel.force(false);
                forces[i] = System.nanoTime() - began;
            }
        }
        tell("commit", commits);
        tell("force", forces);
        together(times);
    }

    private void together(int times) throws InterruptedException, ExecutionException {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            long began = System.nanoTime();
            List<Future<long[]>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                all.add(callers.submit(() -> LongStream.range(0, times / CALLERS + 1)
                        .map(time -> record())
                        .toArray()));
            }
            List<long[]> taken = new ArrayList<>();
            for (Future<long[]> one : all) {
                taken.add(one.get());
            }
            long wall = System.nanoTime() - began;
            long[] together = taken.stream().flatMapToLong(Arrays::stream).toArray();
            tell("together", together);
            tell("together_a_second", together.length * 1_000_000_000L / wall);
        } finally {
            callers.shutdownNow();
        }
    }

    /** Nanoseconds until twenty rows were durable. */
    private long record() {
        long first = nextRow.getAndAdd(ROWS);
        List<RowOutcome> rows = LongStream.range(first, first + ROWS)
                .mapToObj(row -> new RowOutcome(row, Outcome.categorized("category 1", "gpt-5-nano"), 1, 1))
                .toList();
        long began = System.nanoTime();
        lease.record(rows);
        return System.nanoTime() - began;
    }

    private void fill(long rows) {
        RowsJob.record(lease, rows);
        nextRow.set(rows + 1);
        System.out.println("filled=" + rows);
        System.out.flush();
        while (true) {
            record();
        }
    }

    private void readAll() {
        long began = System.nanoTime();
        long rows = lease.counts().total();
        tell("count_us", (System.nanoTime() - began) / 1_000);
        tell("rows", rows);
        AtomicLong seen = new AtomicLong();
        began = System.nanoTime();
        lease.forEachOutcome(1, rows, row -> seen.incrementAndGet());
        tell("read_us", (System.nanoTime() - began) / 1_000);
        tell("seen", seen.get());
    }

    private static void tell(String what, long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        tell(what + "_p50_us", sorted[sorted.length / 2] / 1_000);
        tell(what + "_p99_us", sorted[sorted.length * 99 / 100] / 1_000);
        tell(what + "_mean_us", Arrays.stream(sorted).sum() / sorted.length / 1_000);
    }

    private static void tell(String what, long figure) {
        System.out.println(what + "=" + figure);
    }
}

package dev.pigeonhole.store.jdbc;

import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import dev.pigeonhole.core.checkpoint.RowOutcome;
import dev.pigeonhole.testkit.SampleJobs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Takes a job and says so, then records groups of rows until it is killed, and says which it has recorded. */
final class RecordingProcess {
    static final int GROUP = 20;

    private RecordingProcess() {}

    public static void main(String[] arguments) throws Exception {
        Holder holder = new Holder(ProcessHandle.current().pid(), "child", Instant.now());
        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(Path.of(arguments[0]));
                JobLease lease = store.acquire(arguments[1], holder)) {
            System.out.println("held");
            if (arguments.length < 3) {
                System.in.read();
                return;
            }
            for (long group = Long.parseLong(arguments[2]); true; group++) {
                lease.record(group(group));
                System.out.println(group);
            }
        } catch (JobLockedException e) {
            System.out.println("locked");
        }
    }

    /** The same for every process. */
    static List<RowOutcome> group(long number) {
        Random random = new Random(number);
        return LongStream.rangeClosed(1 + number * GROUP, GROUP + number * GROUP)
                .mapToObj(row -> SampleJobs.random(random, row))
                .toList();
    }
}

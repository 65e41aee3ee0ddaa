package dev.pigeonhole.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that runs fifty jobs on one workspace is killed with all of them under way. */
class ManyJobsKillTest {
    private static final int JOBS = 50;

    @TempDir
    Path directory;

    @Test
    void allAreListedAsInterruptedAndEachGoesOnToTheSameBytes() throws Exception {
        for (int number = 1; number <= JOBS; number++) {
            Files.createDirectory(directory.resolve("job" + number));
            ManyJobsProcess.job(directory, number).writeInput();
        }
        try (ChildProcess child =
                ChildProcess.start(ManyJobsProcess.class, directory.toString(), Integer.toString(JOBS))) {
            for (int started = 0; started < JOBS; started++) {
                assertThat(child.readLine()).isEqualTo("started");
            }
            TimeUnit.MILLISECONDS.sleep(new Random().nextInt(300));
            child.kill();
        }

        try (JdbcCheckpointStore store = JdbcCheckpointStore.sqlite(directory.resolve("workspace"))) {
            assertThat(store.jobs())
                    .hasSize(JOBS)
                    .extracting(JobRecord::state)
                    .isSubsetOf(JobState.INTERRUPTED, JobState.COMPLETED)
                    .contains(JobState.INTERRUPTED);
            for (JobRecord record : store.jobs()) {
                goesOn(store, record);
            }
        }
    }

    private static void goesOn(JdbcCheckpointStore store, JobRecord record) throws Exception {
        WholeJob job = new WholeJob(record.plan().output().getParent());
        long recorded = store.counts(record.id()).total();
        AtomicLong asked = new AtomicLong();
        job.run(store, step -> {}, rows -> asked.addAndGet(rows.size()));
        assertThat(asked.get() + recorded).isEqualTo(WholeJob.ROWS);
        assertThat(Files.readString(job.output())).isEqualTo(WholeJob.expectedOutput());
    }
}

package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.csv.CsvSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobWorkTest {
    @TempDir
    Path folder;

    private JobRecord rested(CheckpointStore store, JobState state, String message) throws Exception {
        Path input = Files.write(folder.resolve("in.csv").toAbsolutePath(), List.of("text", "row"));
        String id = store.create(new JobPlan(
                        "",
                        input,
                        folder.resolve("out.csv").toAbsolutePath(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        List.of("A"),
                        CsvSource.of(input).textColumns("text").scan()))
                .id();
        try (JobLease lease = store.acquire(id, new Holder(1, "elsewhere", Instant.EPOCH))) {
            lease.changeState(state, null, message);
        }
        return new JobWork(folder, store, Clock.systemUTC()).putToRest(id, PauseReason.CANCELLED, "given up");
    }

    @Test
    void aJobThatAnotherProcessHasFinishedMeanwhileStaysAsItWas() throws Exception {
        JobRecord job = rested(CheckpointStore.inMemory(folder), JobState.COMPLETED, "all is well");
        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
        assertThat(job.message()).isEqualTo("all is well");
    }

    @Test
    void aJobThatIsNotFinishedIsGivenUp() throws Exception {
        JobRecord job = rested(CheckpointStore.inMemory(folder), JobState.FAILED, "");
        assertThat(job.state()).isEqualTo(JobState.PAUSED);
        assertThat(job.reason()).isEqualTo(Optional.of(PauseReason.CANCELLED));
        assertThat(job.message()).isEqualTo("given up");
    }
}

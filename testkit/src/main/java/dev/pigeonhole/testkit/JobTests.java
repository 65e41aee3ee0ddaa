package dev.pigeonhole.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.csv.CsvDialect;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Making and finding jobs, and their state. */
interface JobTests extends StoreUnderTest {
    @Test
    default void aNewStoreHasNoJobs() {
        assertThat(store().jobs()).isEmpty();
        assertThat(store().find("abcdefghij")).isEmpty();
    }

    @Test
    default void aNewJobWaitsInAnEmptyFolderOfItsOwn() {
        Instant before = Instant.now().minusSeconds(1);
        JobRecord job = store().create(SampleJobs.plan("first"));

        assertThat(job.id()).matches("[a-z0-9]+");
        assertThat(job.state()).isEqualTo(JobState.PAUSED);
        assertThat(job.reason()).isEmpty();
        assertThat(job.message()).isEmpty();
        assertThat(job.holder()).isEmpty();
        assertThat(job.output()).isEmpty();
        assertThat(job.created()).isBetween(before, Instant.now());
        assertThat(job.directory()).isAbsolute().isEmptyDirectory();
    }

    @Test
    default void aJobIsFoundAsItWasCreated() {
        JobRecord job = store().create(SampleJobs.plan("first"));

        assertThat(store().find(job.id())).contains(job);
        assertThat(store().jobs()).containsExactly(job);
    }

    @Test
    default void jobsAreListedTheNewestFirst() {
        List<String> ids = new ArrayList<>();
        Set<Object> folders = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            JobRecord job = store().create(SampleJobs.plan("job " + i));
            ids.add(0, job.id());
            folders.add(job.directory());
        }

        assertThat(store().jobs()).extracting(JobRecord::id).containsExactlyElementsOf(ids);
        assertThat(folders).hasSize(20);
    }

    @Test
    default void aPlanIsKeptToTheLetter() {
        JobRecord job = store().create(SampleJobs.oddPlan());

        assertThat(store().find(job.id()).orElseThrow().plan()).isEqualTo(SampleJobs.oddPlan());
    }

    @ParameterizedTest
    @CsvSource({"windows-1252,59", "US-ASCII,9", "Shift_JIS,124", "UTF-32BE,31", "UTF-16,44", "IBM037,65535"})
    default void everyDialectIsKept(String charset, int delimiter) {
        for (String lineEnding : List.of("\n", "\r\n", "\r")) {
            CsvDialect dialect = new CsvDialect(Charset.forName(charset), false, (char) delimiter, lineEnding);
            JobRecord job =
                    store().create(SampleJobs.plan(dialect.charset(), dialect.delimiter(), dialect.lineEnding()));

            assertThat(store().find(job.id()).orElseThrow().plan().profile().dialect())
                    .isEqualTo(dialect);
        }
    }

    @Test
    default void acquiringMarksTheJobAsRunning() {
        try (JobLease lease = newJob()) {
            assertThat(lease.job().state()).isEqualTo(JobState.RUNNING);
            assertThat(lease.job().holder()).contains(SampleJobs.HOLDER);
            assertThat(store().find(lease.job().id())).contains(lease.job());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = JobState.class,
            mode = Mode.EXCLUDE,
            names = {"INTERRUPTED", "RUNNING"})
    default void theStateStaysAfterTheJobIsGivenBack(JobState state) {
        JobLease lease = newJob();
        String id = lease.job().id();
        lease.changeState(state, null, "done \0\n🙂");
        lease.close();

        JobRecord job = store().find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(state);
        assertThat(job.message()).isEqualTo("done \0\n🙂");
        assertThat(job.holder()).contains(SampleJobs.HOLDER);
    }

    @ParameterizedTest
    @EnumSource(PauseReason.class)
    default void aPausedJobSaysWhyAndForgetsItWhenItRuns(PauseReason reason) {
        JobLease lease = newJob();
        String id = lease.job().id();
        lease.changeState(JobState.PAUSED, reason, "because");
        lease.close();
        assertThat(store().find(id).orElseThrow().reason()).contains(reason);

        try (JobLease again = store().acquire(id, SampleJobs.HOLDER)) {
            assertThat(again.job().reason()).isEmpty();
            assertThat(again.job().message()).isEmpty();
        }
    }

    @Test
    default void statesThatMakeNoSenseAreRefused() {
        try (JobLease lease = newJob()) {
            assertThatThrownBy(() -> lease.changeState(JobState.INTERRUPTED, null, ""))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> lease.changeState(JobState.COMPLETED, PauseReason.USER, ""))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(lease.job().state()).isEqualTo(JobState.RUNNING);
        }
    }

    @Test
    default void aRunningJobThatNobodyHoldsIsInterrupted() {
        JobLease lease = newJob();
        String id = lease.job().id();
        lease.close();

        assertThat(store().find(id).orElseThrow().state()).isEqualTo(JobState.INTERRUPTED);
        assertThat(store().jobs().get(0).state()).isEqualTo(JobState.INTERRUPTED);
    }

    @Test
    default void aClosedStoreSaysSo() {
        JobRecord job = store().create(SampleJobs.plan("job"));
        JobLease lease = store().acquire(job.id(), SampleJobs.HOLDER);
        lease.close();
        store().close();

        assertThatThrownBy(() -> store().jobs())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> store().find(job.id())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store().create(job.plan())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store().tally(job.id())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store().acquire(job.id(), SampleJobs.HOLDER))
                .isInstanceOf(IllegalStateException.class);
        store().close();
    }
}

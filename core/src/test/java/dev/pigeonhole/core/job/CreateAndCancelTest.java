package dev.pigeonhole.core.job;

import static dev.pigeonhole.core.job.JobHarness.expectedOutput;
import static dev.pigeonhole.core.job.JobHarness.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is made now and run later, and one that is given up. */
class CreateAndCancelTest {
    private static final int ROWS = 45;

    @TempDir
    Path directory;

    @Test
    void aCreatedJobWaitsAndIsRunByItsId() {
        JobHarness harness = new JobHarness(directory).rows(ROWS);
        ScriptedCategorizer categorizer = script().build();

        JobRecord made = harness.job(categorizer).create();

        assertThat(made.state()).isEqualTo(JobState.PAUSED);
        assertThat(made.reason()).isEmpty();
        assertThat(made.plan().profile().rows()).isEqualTo(ROWS);
        assertThat(harness.store.jobs()).containsExactly(made);
        assertThat(categorizer.calls()).isZero();
        assertThat(harness.output).doesNotExist();
        Summary summary = harness.run(categorizer, job -> job.id(made.id()));
        assertThat(summary.jobId()).isEqualTo(made.id());
        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        assertThat(harness.outputText()).isEqualTo(expectedOutput(ROWS));
        assertThat(harness.store.jobs()).hasSize(1);
    }

    @Test
    void aJobThatIsThereIsNotCreatedOnceMoreUnlessAskedFor() {
        JobHarness harness = new JobHarness(directory).rows(ROWS);
        JobRecord made = harness.job(script().build()).create();

        assertThatThrownBy(() -> harness.job(script().build()).create())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(made.id());
        JobRecord second =
                harness.job(script().build(), job -> job.existing(Existing.NEW)).create();

        assertThat(second.id()).isNotEqualTo(made.id());
        assertThat(harness.store.jobs()).hasSize(2);
    }

    @Test
    void ofAnInputThatCannotBeReadNoJobIsCreated() {
        JobHarness harness = new JobHarness(directory).content("id,text\n1,\"never closed\n");

        assertThatThrownBy(() -> harness.job(script().build()).create()).isInstanceOf(InputException.class);

        assertThat(harness.store.jobs()).isEmpty();
    }

    @Test
    void aCancelledJobKeepsWhatIsDoneAndCanBeTakenUpAgain() {
        JobHarness harness = new JobHarness(directory).rows(ROWS);
        harness.settings = harness.settings.withConcurrency(1);
        ScriptedCategorizer categorizer = script().build();
        AtomicReference<Job> job = new AtomicReference<>();
        job.set(harness.job(cancelling(categorizer, job)));

        Summary cancelled = job.get().run();

        assertThat(cancelled.state()).isEqualTo(JobState.PAUSED);
        assertThat(cancelled.reason()).contains(PauseReason.CANCELLED);
        assertThat(cancelled.message()).contains("not wanted");
        assertThat(cancelled.counts().categorized()).isPositive();
        assertThat(harness.output).doesNotExist();
        JobRecord kept = harness.store.jobs().get(0);
        assertThat(kept.reason()).contains(PauseReason.CANCELLED);
        Summary summary = harness.run(categorizer, builder -> builder.id(kept.id()));
        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        assertThat(harness.outputText()).isEqualTo(expectedOutput(ROWS));
        assertThat(categorizer.rowsAsked()).isEqualTo(41);
    }

    @Test
    void aJobThatIsCancelledBeforeItRunsAsksNobody() {
        JobHarness harness = new JobHarness(directory).rows(20_000);
        ScriptedCategorizer categorizer = script().build();
        Job job = harness.job(categorizer);
        job.cancel("not wanted");

        Summary summary = job.run();

        assertThat(summary.reason()).contains(PauseReason.CANCELLED);
        assertThat(categorizer.rowsAsked()).isLessThan(20_000 / 2);
    }

    /** Gives the job up in the first call. */
    private static Categorizer cancelling(Categorizer categorizer, AtomicReference<Job> job) {
        return new Categorizer() {
            @Override
            public List<Outcome> categorize(List<Item> items) {
                job.get().cancel("not wanted");
                return categorizer.categorize(items);
            }

            @Override
            public Map<String, String> fingerprint() {
                return categorizer.fingerprint();
            }
        };
    }
}

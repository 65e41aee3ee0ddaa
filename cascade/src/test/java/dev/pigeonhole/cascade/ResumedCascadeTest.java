package dev.pigeonhole.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.checkpoint.Verdict;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs with a cascade that stop on the way, and go on. */
class ResumedCascadeTest {
    private static final int ROWS = 3_000;

    @TempDir
    Path directory;

    private static Corpus corpus() {
        return Corpus.of(ROWS, 21, 0.02, 0.05);
    }

    /** Answers so many rows, and then there is no money left. */
    private static ScriptedCategorizer payingFor(long rows, CascadeJob job) {
        AtomicLong left = new AtomicLong(rows);
        return job.oracle(item -> {
            if (left.decrementAndGet() < 0) {
                throw new JobPausedException(PauseReason.BUDGET, "no money left", null);
            }
            return job.corpus.answer(item);
        });
    }

    /** As if the money was gone, at each of these numbers of rows asked about, in any phase. */
    @Test
    void stoppedAgainAndAgainItEndsAsIfNothingHadHappened() {
        CascadeJob quiet = new CascadeJob(directory.resolve("quiet"), corpus());
        ScriptedCategorizer undisturbed = quiet.oracle();
        quiet.run(undisturbed);

        CascadeJob stopped = new CascadeJob(directory.resolve("stopped"), corpus());
        long asked = 0;
        Summary summary = stopped.run(payingFor(150, stopped));
        while (summary.state() == JobState.PAUSED && asked < 40) {
            summary = stopped.run(payingFor(150, stopped));
            asked++;
        }

        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        assertThat(asked).as("runs").isGreaterThan(5);
        assertThat(stopped.output()).isEqualTo(quiet.output());
        assertThat(stopped.local()).isPositive();
    }

    @Test
    void aLostFileIsFoundAgainFromTheAnswers() throws Exception {
        CascadeJob job = new CascadeJob(directory, corpus());
        job.run(payingFor(900, job));
        String before = Files.readString(CascadeJobTest.state(job));
        Files.delete(CascadeJobTest.state(job));
        job.run(job.oracle());
        assertThat(Files.readString(CascadeJobTest.state(job)))
                .startsWith(before.substring(0, before.indexOf("rounds=") + "rounds=".length()));

        CascadeJob quiet = new CascadeJob(directory.resolve("quiet"), corpus());
        quiet.run(quiet.oracle());
        assertThat(job.output()).isEqualTo(quiet.output());
    }

    @Test
    void aDamagedFileStopsTheJobAndSaysWhatToDo() throws Exception {
        CascadeJob job = new CascadeJob(directory, corpus());
        job.run(payingFor(100, job));
        Files.writeString(CascadeJobTest.state(job), "version=1\n");
        assertThatThrownBy(() -> job.run(job.oracle()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Delete it and resume");
        Files.delete(CascadeJobTest.state(job));
        assertThat(job.run(job.oracle()).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void whatAPersonSaysIsNotTakenForTheModelsAnswerAndTheFiguresStay() {
        CascadeJob job = new CascadeJob(directory, corpus());
        Summary first = job.run(job.oracle());
        String id = first.jobId();
        job.store.rows(id).review(1, new Verdict.Category("c3"));
        ScriptedCategorizer oracle = job.oracle();
        Summary second = job.run(oracle, builder -> builder.id(id));
        assertThat(oracle.rowsAsked()).isZero();
        assertThat(job.output().get(0)).endsWith(",c3,categorized,,human");
        assertThat(second.agreement()).isEqualTo(first.agreement());
    }

    @Test
    void failedRowsAreAskedAgainAndTheRestStays() {
        CascadeJob job = new CascadeJob(directory, corpus());
        AtomicLong calls = new AtomicLong();
        Summary first = job.run(job.oracle(item -> calls.incrementAndGet() % 97 == 0
                ? new Outcome.Failed(FailureCause.BAD_ANSWER, "no")
                : job.corpus.answer(item)));
        assertThat(first.state()).isEqualTo(JobState.COMPLETED_WITH_FAILURES);
        long local = job.local();
        ScriptedCategorizer oracle = job.oracle();
        Summary second = job.run(oracle, builder -> builder.id(first.jobId()).retryFailed(true));
        assertThat(second.state()).isEqualTo(JobState.COMPLETED);
        assertThat(oracle.rowsAsked()).isLessThanOrEqualTo(first.counts().failed());
        assertThat(job.local()).isGreaterThanOrEqualTo(local);
        assertThat(job.agreement()).isGreaterThan(0.94);
    }

    /** The figures of before say nothing of rows that are asked about again. */
    @Test
    void aJobThatPausesWhileItAsksFailedRowsAgainHasNoFiguresYet() {
        CascadeJob job = new CascadeJob(directory, corpus());
        AtomicLong calls = new AtomicLong();
        Summary first = job.run(job.oracle(item -> calls.incrementAndGet() % 97 == 0
                ? new Outcome.Failed(FailureCause.BAD_ANSWER, "no")
                : job.corpus.answer(item)));
        assertThat(first.agreement()).isPresent();
        Summary second =
                job.run(payingFor(0, job), builder -> builder.id(first.jobId()).retryFailed(true));
        assertThat(second.state()).isEqualTo(JobState.PAUSED);
        assertThat(second.agreement()).isEmpty();
        Summary third = job.run(job.oracle(), builder -> builder.id(first.jobId()));
        assertThat(third.agreement().orElseThrow().asked())
                .isGreaterThan(first.agreement().orElseThrow().asked());
    }
}

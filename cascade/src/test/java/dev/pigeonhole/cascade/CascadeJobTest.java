package dev.pigeonhole.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.categorize.Agreement;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole jobs with a cascade, in memory. */
class CascadeJobTest {
    private static final int ROWS = 4_000;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "sorted {0}, wrong {1}, unmatched {2}")
    @CsvSource({"false, 0, 0", "true, 0, 0", "false, 0.1, 0", "true, 0.1, 0.2"})
    void manyRowsAreAnsweredWithoutAskingAndTheTargetHolds(boolean sorted, double noise, double unmatched) {
        Corpus corpus = Corpus.of(ROWS, 7, noise, unmatched);
        CascadeJob job = new CascadeJob(directory, sorted ? corpus.sorted() : corpus.shuffled(3));
        ScriptedCategorizer oracle = job.oracle();

        Summary summary = job.run(oracle);

        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        Agreement told = summary.agreement().orElseThrow();
        assertThat(job.agreement()).isGreaterThanOrEqualTo(0.95);
        assertThat(told.local()).isEqualTo(job.local()).isGreaterThan(ROWS / 5);
        assertThat(told.local() + told.asked()).isEqualTo(ROWS);
        assertThat(oracle.rowsAsked()).isLessThanOrEqualTo(told.asked());
        assertThat(told.lowerBound()).isLessThanOrEqualTo(told.estimate()).isLessThanOrEqualTo(job.agreement() + 0.01);
        assertThat(told.audited()).isGreaterThan(10);
    }

    @Test
    void anAnswerIsAskedForOnlyOnce() {
        CascadeJob job = new CascadeJob(directory, Corpus.of(ROWS, 8, 0, 0));
        ScriptedCategorizer oracle = job.oracle();
        job.run(oracle);
        for (long row = 1; row <= ROWS; row++) {
            assertThat(oracle.timesAsked(row)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void theSameSeedGivesTheSameOutputWhateverTheConcurrency() throws Exception {
        CascadeJob one = new CascadeJob(directory.resolve("one"), Corpus.of(ROWS, 9, 0.02, 0.05));
        one.concurrency = 1;
        one.run(one.oracle());
        CascadeJob eight = new CascadeJob(directory.resolve("eight"), Corpus.of(ROWS, 9, 0.02, 0.05));
        eight.concurrency = 8;
        eight.run(eight.oracle());

        assertThat(eight.output()).isEqualTo(one.output());
        assertThat(Files.readString(state(eight)))
                .isEqualTo(Files.readString(state(one)).replace(id(one), id(eight)));
    }

    @Test
    void whenNothingCanBeLearnedAllRowsAreAsked() {
        CascadeJob job = new CascadeJob(directory, Corpus.of(2_000, 10, 1, 0));
        job.settings = CascadeSettings.of(0.98);
        Summary summary = job.run(job.oracle());
        assertThat(job.local()).isZero();
        assertThat(job.agreement()).isEqualTo(1);
        assertThat(summary.agreement().orElseThrow().estimate()).isEqualTo(1);
        assertThat(job.notices).anyMatch(notice -> notice.contains("all rows are asked about"));
    }

    @Test
    void aSmallFileIsAskedAboutAsAWhole() {
        CascadeJob job = new CascadeJob(directory, Corpus.of(500, 11, 0, 0));
        Summary summary = job.run(job.oracle());
        assertThat(job.local()).isZero();
        assertThat(summary.agreement()).isEmpty();
        assertThat(job.notices).anyMatch(notice -> notice.contains("too few"));
    }

    /** The model changes its mind after the drawn rows: what was learned is of no use, and only audits can tell. */
    @Test
    void auditsThatContradictRaiseTheThresholdAndTheRowsAreAskedAfterAll() {
        Corpus corpus = Corpus.of(ROWS, 12, 0, 0);
        CascadeJob job = new CascadeJob(directory, corpus);
        AtomicBoolean changed = new AtomicBoolean();
        ScriptedCategorizer oracle = job.oracle(item -> changed.get() ? another(corpus, item) : corpus.answer(item));
        Summary summary = job.job(oracle, builder -> builder).run(event -> {
            job.note(event);
            if (job.notices.stream().anyMatch(notice -> notice.contains("are answered on this machine, by"))) {
                changed.set(true);
            }
        });
        assertThat(summary.state()).isEqualTo(JobState.COMPLETED);
        assertThat(job.notices).anyMatch(notice -> notice.contains("audits show"));
        assertThat(job.output()).hasSize(ROWS);
        assertThat(job.local())
                .isEqualTo(summary.agreement().orElseThrow().local())
                .isLessThan(ROWS / 20);
    }

    private static Outcome another(Corpus corpus, Item item) {
        String label = corpus.label(item.text());
        return Outcome.categorized(label.equals("c0") ? "c1" : "c0", Corpus.MODEL);
    }

    static Path state(CascadeJob job) {
        return job.store.jobs().get(0).directory().resolve(StateFile.NAME);
    }

    private static String id(CascadeJob job) {
        return job.store.jobs().get(0).id();
    }
}

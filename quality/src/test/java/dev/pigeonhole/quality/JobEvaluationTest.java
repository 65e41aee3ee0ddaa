package dev.pigeonhole.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.Ranker;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.Verdict;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.JobSettings;
import dev.pigeonhole.core.testing.ScriptedCategorizer;
import dev.pigeonhole.testkit.SampleCalls;
import dev.pigeonhole.testkit.SampleJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobEvaluationTest {
    private static final Taxonomy TAXONOMY = Taxonomy.of("Red", "Green", "Blue");

    @TempDir
    Path folder;

    private CheckpointStore store = CheckpointStore.inMemory(Path.of("unused"));
    private CsvSource source = CsvSource.of(Path.of("unused"));

    /** Nine rows; the text says what the categorizer will answer. */
    @BeforeEach
    void files() throws IOException {
        store = CheckpointStore.inMemory(folder.resolve("workspace"));
        source = CsvSource.of(Files.writeString(
                        folder.resolve("in.csv"),
                        String.join(
                                "\n",
                                "id,text,colour",
                                "1,Red a,Red",
                                "2,Red b,red",
                                "3,\"Green\nc\",Blue",
                                "4,nothing d,Green",
                                "5,Blue e,",
                                "6,,Red",
                                "7,Blue f,Purple",
                                "8,Blue g,Blue",
                                "9,Green h,Green")))
                .textColumns("text");
    }

    private JobRecord run(ScriptedCategorizer categorizer) {
        Job.builder()
                .input(source)
                .taxonomy(TAXONOMY)
                .categorizer(categorizer)
                .checkpoints(store)
                .output(folder.resolve("out.csv"))
                .settings(JobSettings.defaults()
                        .withBatchSize(4)
                        .withSubBatchSize(2)
                        .withConcurrency(1))
                .build()
                .run();
        return store.jobs().get(0);
    }

    private static Outcome answer(Item item) {
        String word = item.text().split("\\s")[0];
        return word.equals("nothing")
                ? Outcome.unmatched("script")
                : new Outcome.Categorized(word, OptionalDouble.of(0.75), "script");
    }

    private Evaluation evaluate(JobRecord job, String truth) {
        return new JobEvaluation(store, job, source, truth, Optional.empty()).evaluate();
    }

    @Test
    void aFinishedJobIsJudgedByAColumnOfItsInput() {
        JobRecord job =
                run(ScriptedCategorizer.answering(JobEvaluationTest::answer).build());
        Evaluation e = evaluate(job, "colour");
        assertThat(e.subject())
                .isEqualTo(new Evaluation.Subject(
                        Optional.of(job.id()), folder.resolve("in.csv").toString(), "colour"));
        assertThat(e.rows())
                .isEqualTo(new Evaluation.Rows(7, 1, 1, 0, 1, List.of(new Evaluation.UnknownTruth("Purple", 1))));
        assertThat(e.counts()).isEqualTo(new Counts(5, 1, 0, 1));
        assertThat(e.accuracy()).isEqualTo(new Proportion(4, 5));
        assertThat(e.confused()).containsExactly(new Evaluation.Confusion("Blue", "Green", new Proportion(1, 2)));
        assertThat(e.reliability().orElseThrow().error()).isCloseTo(0.05, within(1e-9));
        assertThat(e.sources()).containsExactly(new Evaluation.SourceScore("script", new Proportion(4, 5)));
        assertThat(e.cost()).isEmpty();
        assertThat(e.shortlist()).isEmpty();
        assertThat(evaluate(job, "#3")).isEqualTo(e);
    }

    @Test
    void ofAPausedJobWhatIsThereIsJudged() {
        JobRecord job = run(ScriptedCategorizer.answering(JobEvaluationTest::answer)
                .failingCall(3, () -> new JobPausedException(PauseReason.BUDGET, "that was all", null))
                .build());
        Evaluation e = evaluate(job, "colour");
        assertThat(e.rows().left()).isPositive();
        assertThat(e.rows().total()).isEqualTo(9);
        assertThat(e.accuracy()).isEqualTo(new Proportion(2, 3));
    }

    @Test
    void whatPeopleSayIsTheAnswer() {
        JobRecord job =
                run(ScriptedCategorizer.answering(JobEvaluationTest::answer).build());
        store.rows(job.id()).review(3, new Verdict.Category("Blue"));
        store.rows(job.id()).review(8, new Verdict.NoCategory());
        store.rows(job.id()).review(9, new Verdict.Confirmed());
        Evaluation e = evaluate(job, "colour");
        assertThat(e.counts()).isEqualTo(new Counts(4, 2, 0, 1));
        assertThat(e.accuracy()).isEqualTo(new Proportion(4, 4));
        assertThat(e.sources())
                .containsExactly(
                        new Evaluation.SourceScore("script", new Proportion(3, 3)),
                        new Evaluation.SourceScore("human", new Proportion(1, 1)));
    }

    @Test
    void whatWasPaidIsToldForTheRowsThatWereAskedAbout() {
        JobRecord job =
                run(ScriptedCategorizer.answering(JobEvaluationTest::answer).build());
        try (JobLease lease = store.acquire(job.id(), SampleJobs.HOLDER)) {
            long call = lease.ledger().begin(SampleCalls.intent(1));
            lease.ledger().answered(call, SampleCalls.answer("x", 4_000_000));
        }
        Evaluation.Cost cost = evaluate(job, "colour").cost().orElseThrow();
        assertThat(cost.rows()).as("one row has no text").isEqualTo(8);
        assertThat(cost.usd().orElseThrow()).isEqualByComparingTo("0.000004");
        assertThat(cost.usdPerThousand().orElseThrow()).isEqualByComparingTo("0.0005");
        assertThat(cost.tokens()).isEqualTo(4_000_003);
    }

    /** Ranks by the letter that the text begins with, and always names Red second. */
    @Test
    void aShortlistIsMeasuredByWhetherTheTruthIsOnIt() {
        Ranker ranker = (text, most) -> List.of(
                        new Ranker.Candidate(text.split("\\s")[0], 0.7), new Ranker.Candidate("Red", 0.2))
                .subList(0, most);
        JobRecord job =
                run(ScriptedCategorizer.answering(JobEvaluationTest::answer).build());
        Evaluation two =
                new JobEvaluation(store, job, source, "colour", Optional.of(new RankedShortlist(ranker, 2))).evaluate();
        assertThat(two.shortlist()).contains(new Evaluation.ShortlistScore(2, new Proportion(4, 6)));
    }

    @Test
    void aMissingColumnIsRefusedWithTheNearest() {
        JobRecord job =
                run(ScriptedCategorizer.answering(JobEvaluationTest::answer).build());
        assertThatThrownBy(() -> evaluate(job, "color"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there is no column \"color\" (did you mean \"colour\"?)");
    }

    @Test
    void anInputThatChangedIsRefused() throws IOException {
        JobRecord job =
                run(ScriptedCategorizer.answering(JobEvaluationTest::answer).build());
        Path input = folder.resolve("in.csv");
        Files.writeString(input, Files.readString(input).toUpperCase(Locale.ROOT));
        assertThatThrownBy(() -> evaluate(job, "colour"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is no longer the file that job " + job.id());
        Files.delete(input);
        assertThatThrownBy(() -> evaluate(job, "colour")).isInstanceOf(InputException.class);
    }
}

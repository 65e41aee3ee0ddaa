package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CostRange;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.job.Existing;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.web.json.Dollars;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.workspace.InputSample;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.Providers;
import dev.pigeonhole.workspace.quote.Measurements;
import dev.pigeonhole.workspace.quote.QuoteLine;
import dev.pigeonhole.workspace.quote.RowLabels;
import dev.pigeonhole.workspace.quote.TrialMeter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One trial at work. {@link #run} once; everything else from any thread. */
final class TrialRun {
    private final Recipe recipe;
    private final JobOptions options;
    private final CheckpointStore store;
    private final TrialAnswers answers;
    private final String files;
    private final List<CsvItem> rows;
    private final TrialMeter meter;
    private final Measurements kept;
    private final Instant started;
    private final Job job;
    private volatile TrialFigures figures = TrialFigures.NONE;
    private volatile Optional<QuoteLine> ofFile;
    private volatile String jobId = "";
    private volatile @Nullable Categorizer categorizer;

    /**
     * @param files what its files are called
     * @param ofFile what the whole file would take; empty if nobody is paid
     * @param meter looks on
     * @param kept where it is kept what was measured
     */
    TrialRun(
            Recipe recipe,
            String files,
            JobOptions options,
            List<CsvItem> rows,
            CheckpointStore store,
            Optional<QuoteLine> ofFile,
            TrialMeter meter,
            Measurements kept,
            Instant started) {
        this.recipe = recipe;
        this.files = files;
        this.options = options;
        this.store = store;
        this.answers = new TrialAnswers(rows);
        this.ofFile = ofFile;
        this.rows = List.copyOf(rows);
        this.meter = meter;
        this.kept = kept;
        this.started = started;
        this.job = options.job(store, recipe.taxonomy())
                .categorizer(this::categorizer)
                .name("trial " + recipe.draft().name())
                .existing(Existing.NEW)
                .build();
    }

    /** As the whole job's: if it learns from the input, then not from the few rows of the trial alone. */
    private Categorizer categorizer() {
        Categorizer made = Providers.named(options.provider())
                .createFor(
                        InputSample.of(recipe.source(), recipe.profile()),
                        recipe.taxonomy(),
                        options.providerOptions());
        categorizer = made;
        return meter.over(made);
    }

    /**
     * Runs it to its end.
     *
     * @param begun called when it has a job
     * @return how it stands then
     */
    TrialState run(Runnable begun) {
        try {
            Summary summary = job.run(event -> on(event, begun));
            figures = figures.ended(summary);
            if (!summary.state().isFinished()) {
                return state(TrialState.FAILED, Faults.of(summary));
            }
            ofFile = ofFile.map(line -> line.with(meter.end(store, jobId, recipe.profile(), labels(), kept)));
            return state(TrialState.DONE, null);
        } catch (PigeonholeException e) {
            return state(TrialState.FAILED, Faults.of(e));
        } finally {
            Categorizer made = categorizer;
            if (made != null) {
                made.close();
            }
        }
    }

    private Map<Long, String> labels() {
        String truth = recipe.draft().columns().truth();
        return truth == null ? Map.of() : RowLabels.of(recipe.source(), recipe.profile(), truth, rows);
    }

    String files() {
        return files;
    }

    static String instance(String draft) {
        return "/api/v1/drafts/" + draft + "/trial";
    }

    private void on(JobEvent event, Runnable begun) {
        if (event instanceof JobEvent.Started started) {
            jobId = started.job().id();
            begun.run();
        } else if (event instanceof JobEvent.Advanced advanced) {
            figures = figures.advanced(advanced.progress());
        }
    }

    /** Asks it to end soon. */
    void stop(String why) {
        job.pause(why);
    }

    /** How it stands now. */
    TrialState running() {
        return state(TrialState.RUNNING, null);
    }

    TrialState state(String state, @Nullable Problem problem) {
        TrialFigures now = figures;
        List<Map<String, @Nullable Object>> items = answers.of(store, jobId);
        return new TrialState(
                state,
                recipe.key(),
                jobId,
                answers.size(),
                items,
                now,
                fileCost().map(Dollars::rounded).orElse(null),
                ofFile.map(line -> line.estimate().calls()).orElse(null),
                problem == null ? null : problem.toMap(instance(recipe.draft().id())),
                started);
    }

    /** Known when something was measured. */
    private Optional<Money> fileCost() {
        return ofFile.filter(QuoteLine::isMeasured).flatMap(QuoteLine::cost).map(CostRange::expected);
    }
}

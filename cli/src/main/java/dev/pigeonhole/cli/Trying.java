package dev.pigeonhole.cli;

import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.workspace.ErrorLog;
import dev.pigeonhole.workspace.InputSample;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.TrialFiles;
import dev.pigeonhole.workspace.quote.Measurements;
import dev.pigeonhole.workspace.quote.Quote;
import dev.pigeonhole.workspace.quote.QuoteLine;
import dev.pigeonhole.workspace.quote.RowLabels;
import dev.pigeonhole.workspace.quote.TrialMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a trial, shows it, and keeps what it measured. */
final class Trying {
    /**
     * What is to be tried.
     *
     * @param whole how the whole file would be asked about
     * @param rows of it
     * @param truth the column with the right categories, if there is one
     * @param name of the trial's files
     * @param yes whether nobody is to be asked whether to spend money
     */
    record Wish(
            JobOptions whole,
            CsvProfile profile,
            Taxonomy taxonomy,
            List<CsvItem> rows,
            Optional<String> truth,
            String name,
            boolean yes) {}

    private final Console console;
    private final WorkspaceFlags workspace;
    private final Wish wish;
    private final JobRunner runner;

    Trying(Console console, WorkspaceFlags workspace, Wish wish) {
        this.console = console;
        this.workspace = workspace;
        this.wish = wish;
        this.runner = new JobRunner(console, workspace, new RunFlags());
    }

    /** Returns the exit code. */
    int run() {
        ErrorLog.hold();
        try (CheckpointStore store = Wiring.store(workspace.workspace)) {
            TrialFiles files = TrialFiles.write(workspace.workspace, wish.name(), wish.rows());
            JobOptions options = files.optionsLike(wish.whole());
            TrialMeter meter =
                    TrialMeter.of(store, wish.whole(), options, wish.taxonomy(), wish.rows(), Clock.systemUTC());
            return run(store, options, files, meter);
        } finally {
            ErrorLog.close();
        }
    }

    private int run(CheckpointStore store, JobOptions options, TrialFiles files, TrialMeter meter) {
        Map<Long, String> labels = wish.truth()
                .map(column -> RowLabels.of(wish.whole().source(), wish.profile(), column, wish.rows()))
                .orElse(Map.of());
        Measurements kept = Measurements.in(workspace.workspace);
        // Counted before the trial, whose answers the file has for nothing afterwards.
        Optional<QuoteLine> ofFile = Quote.of(store, wish.whole(), wish.profile(), wish.taxonomy(), kept, List.of())
                .chosen(wish.whole());
        Watch watch = new Watch(console.terminal());
        BeforeSpending before = new BeforeSpending(console, false, false, wish.yes());
        Summary summary = runner.trial(
                store,
                options,
                InputSample.of(wish.whole().source()),
                "trial " + wish.whole().input().getFileName(),
                meter::over,
                () -> meter.forecast().ifPresent(cost -> before.say(cost, options.cap(), watch)),
                watch);
        if (!summary.state().isFinished()) {
            return show(summary, new TrialReport(summary, List.of(), watch.meanCall, ofFile));
        }
        Optional<QuoteLine> measured =
                ofFile.map(line -> line.with(meter.end(store, summary.jobId(), wish.profile(), labels, kept)));
        return show(summary, new TrialReport(summary, files.answers(), watch.meanCall, measured));
    }

    private int show(Summary summary, TrialReport report) {
        boolean ended = summary.state().isFinished();
        if (!ended) {
            console.terminal()
                    .err()
                    .println(SummaryText.of(summary, console.terminal(), runner.program(), Optional.empty()));
        }
        if (workspace.json) {
            console.out().println(new Json().line(report.json()));
        } else if (ended) {
            console.out().println(report.text());
        }
        return runner.exitCode(summary);
    }

    /** Keeps how long a call took, and shows what a person should know. */
    private static final class Watch implements Face {
        private final Terminal terminal;
        private Duration meanCall = Duration.ZERO;

        Watch(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void on(JobEvent event) {
            if (event instanceof JobEvent.Advanced advanced) {
                meanCall = advanced.progress().meanCall();
            } else if (event instanceof JobEvent.Notice notice) {
                terminal.err().println(terminal.yellow("note: ") + Plain.text(notice.message()));
            }
        }
    }
}

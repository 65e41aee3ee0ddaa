package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.workspace.ErrorLog;
import dev.pigeonhole.workspace.Forecast;
import dev.pigeonhole.workspace.InputSample;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.LaunchCheck;
import dev.pigeonhole.workspace.Providers;
import dev.pigeonhole.workspace.SweepSample;
import dev.pigeonhole.workspace.TrialFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One sweep: the same rows are asked about in calls of one size after the other, each as a job of its own. */
final class Sweeping {
    /** Answers that other jobs have are not taken, and none are left for them: each size must be asked itself. */
    private static final Map<String, String> FRESH = Map.of("fresh", "true");

    /**
     * What the command line asked for.
     *
     * @param whole options of a job of the whole input
     * @param name of files and jobs
     * @param local whether nobody would be called
     * @param yes whether nobody is to be asked whether to spend money
     */
    record Wish(JobOptions whole, SweepFlags flags, int rows, long seed, String name, boolean local, boolean yes) {}

    /**
     * Asking once about all rows.
     *
     * @param size rows in a call
     * @param first whether others are compared with these answers, because nobody knows the right ones
     */
    record Asking(int size, boolean first) {}

    /**
     * What came of it.
     *
     * @param outcomes by number of the row in the sample, from 1
     * @param ofTrial what it was expected to cost, if the provider says such things
     * @param ofFile the same of the whole file
     */
    record Asked(
            Asking asking,
            Summary summary,
            Map<Long, Outcome> outcomes,
            Optional<Forecast> ofTrial,
            Optional<Forecast> ofFile) {
        /** What the whole file would cost in calls of this size; empty if that is not known. */
        Optional<Money> costOfFile() {
            return ofFile.flatMap(file -> ofTrial.flatMap(trial -> file.measuredBy(trial, summary.bill())));
        }
    }

    private final Console console;
    private final WorkspaceFlags workspace;
    private final Wish wish;
    private final JobOptions whole;
    private final JobRunner runner;
    private final List<Asked> asked = new ArrayList<>();

    Sweeping(Console console, WorkspaceFlags workspace, Wish wish) {
        this.console = console;
        this.workspace = workspace;
        this.wish = wish;
        this.runner = new JobRunner(console, workspace, new RunFlags());
        this.whole = wish.flags().withoutTruth(requireThere(wish.whole(), workspace));
    }

    private static JobOptions requireThere(JobOptions options, WorkspaceFlags workspace) {
        LaunchCheck.requireUsable(options, workspace.workspace);
        return options;
    }

    /** Asks, and shows what came of it; the exit code. */
    int run() {
        List<Integer> sizes = wish.flags().sizes();
        double tolerance = wish.flags().tolerance();
        if (wish.local()) {
            show(SweepReport.needless(tolerance));
            return ExitCode.DONE;
        }
        Taxonomy taxonomy = whole.taxonomy();
        CsvProfile profile = whole.source().scan();
        SweepSample sample = wish.flags().sample(whole, profile, taxonomy, wish.rows(), wish.seed());
        requireEnough(sample, sizes);
        ErrorLog.hold();
        try (CheckpointStore store = Wiring.store(workspace.workspace)) {
            ask(store, taxonomy, profile, sample, sizes);
            show(report(sample, sizes, tolerance, "nothing is left of --max-cost"));
            return exitCode();
        } catch (PigeonholeException e) {
            if (!asked.isEmpty()) {
                show(report(sample, sizes, tolerance, e.getMessage())); // What is paid for is not lost.
            }
            throw e;
        } finally {
            ErrorLog.close();
        }
    }

    private static void requireEnough(SweepSample sample, List<Integer> sizes) {
        int largest = sizes.get(sizes.size() - 1);
        if (sample.rows().size() < largest) {
            throw new ConfigurationException("--sweep " + largest + ": there are only "
                    + sample.rows().size() + " rows to ask about, so no call would be so large; leave this size out, or"
                    + " give more rows with --rows");
        }
    }

    private void ask(
            CheckpointStore store, Taxonomy taxonomy, CsvProfile profile, SweepSample sample, List<Integer> sizes) {
        List<Asking> askings = askings(sizes, sample.labelled());
        Map<Integer, Forecast> trials = new HashMap<>();
        Map<Integer, Forecast> files = new HashMap<>();
        for (int size : sizes) {
            Providers.named(whole.provider())
                    .estimator(taxonomy, whole.withProviderOptions(FRESH).providerOptions())
                    .ifPresent(estimator -> trials.put(size, sample.forecast(size, estimator)));
            Forecast.of(store, whole.withSubBatchSize(size), taxonomy, profile).ifPresent(f -> files.put(size, f));
        }
        SweepFace face = new SweepFace(console.terminal(), whole.cap());
        Runnable before = () -> total(askings, trials).ifPresent(cost -> sayBefore(cost, face));
        for (Asking asking : askings) {
            Optional<JobOptions> options = withinCap(asking);
            if (options.isEmpty()) {
                return;
            }
            Summary summary = ask(store, options.get(), sample, asking, asked.isEmpty() ? before : () -> {}, face);
            asked.add(new Asked(
                    asking,
                    summary,
                    outcomes(store, summary.jobId()),
                    Optional.ofNullable(trials.get(asking.size())),
                    Optional.ofNullable(files.get(asking.size()))));
            if (!summary.state().isFinished()) {
                return;
            }
        }
    }

    /** From small to large; without labels the smallest is asked twice, because others are compared with what it said first. */
    private static List<Asking> askings(List<Integer> sizes, boolean labelled) {
        List<Asking> askings = new ArrayList<>();
        if (!labelled) {
            askings.add(new Asking(sizes.get(0), true));
        }
        sizes.forEach(size -> askings.add(new Asking(size, false)));
        return askings;
    }

    private static Optional<Forecast> total(List<Asking> askings, Map<Integer, Forecast> trials) {
        return askings.stream()
                .flatMap(asking -> Optional.ofNullable(trials.get(asking.size())).stream())
                .reduce(Forecast::plus);
    }

    private void sayBefore(Forecast cost, SweepFace face) {
        new BeforeSpending(
                        console,
                        false,
                        workspace.json,
                        wish.yes() || whole.cap().isPresent())
                .say(cost, Optional.empty(), face);
        whole.cap()
                .filter(cap ->
                        cost.least().filter(least -> least.compareTo(cap) > 0).isPresent())
                .ifPresent(cap -> face.note("--max-cost " + cap + " is less than the estimate of "
                        + ForecastText.cost(cost) + ": the sweep will end there, and show what it has"));
    }

    /** The cap is one for all sizes together; empty if nothing of it is left. */
    private Optional<JobOptions> withinCap(Asking asking) {
        JobOptions options = whole.withSubBatchSize(asking.size()).withProviderOptions(FRESH);
        if (whole.cap().isEmpty()) {
            return Optional.of(options);
        }
        Money left = asked.stream()
                .map(step -> step.summary().bill())
                .map(bill -> bill.cost().plus(bill.atRisk()))
                .reduce(whole.cap().get(), Money::minus);
        return left.equals(Money.ZERO)
                ? Optional.empty()
                : Optional.of(options.withProviderOptions(
                        Map.of(JobOptions.MAX_COST, left.toDollars().toPlainString())));
    }

    private Summary ask(
            CheckpointStore store,
            JobOptions like,
            SweepSample sample,
            Asking asking,
            Runnable before,
            SweepFace face) {
        String name = wish.name() + "-by-" + asking.size() + (asking.first() ? "-first" : "");
        TrialFiles files = TrialFiles.write(workspace.workspace, name, sample.items());
        JobOptions options = files.optionsLike(like);
        Runnable begin = () -> {
            before.run();
            face.begin(options, sample.rows().size(), asking.first());
        };
        return runner.trial(store, options, InputSample.of(whole.source()), name, begin, face);
    }

    private static Map<Long, Outcome> outcomes(CheckpointStore store, String job) {
        Map<Long, Outcome> outcomes = new HashMap<>();
        store.rows(job).forEach(row -> outcomes.put(row.row(), row.outcome()));
        return outcomes;
    }

    private SweepReport report(SweepSample sample, List<Integer> sizes, double tolerance, String ended) {
        return SweepReport.of(sample, wish.flags().judgedBy(), sizes, asked, ended, tolerance);
    }

    private void show(SweepReport report) {
        console.out()
                .println(
                        workspace.json
                                ? new Json().line(new SweepJson(report).object())
                                : new SweepText(report).text());
        console.out().flush();
    }

    private int exitCode() {
        int planned = wish.flags().sizes().size();
        Optional<Summary> last = asked.isEmpty()
                ? Optional.empty()
                : Optional.of(asked.get(asked.size() - 1).summary());
        if (last.filter(summary -> !summary.state().isFinished()).isPresent()) {
            return runner.exitCode(last.get());
        }
        if (asked.stream().filter(step -> !step.asking().first()).count() < planned) {
            return ExitCode.STOPPED_BY_LIMIT;
        }
        return asked.stream()
                .mapToInt(step -> runner.exitCode(step.summary()))
                .max()
                .orElse(ExitCode.DONE);
    }
}

package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.categorize.InputTexts;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.file.RealPath;
import dev.pigeonhole.core.job.Existing;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.workspace.ErrorLog;
import dev.pigeonhole.workspace.Forecast;
import dev.pigeonhole.workspace.InputSample;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.LaunchCheck;
import dev.pigeonhole.workspace.Providers;
import dev.pigeonhole.workspace.quote.Measurements;
import dev.pigeonhole.workspace.quote.Quote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.LoggerFactory;

/** Wires a job, runs it and shows it: what the commands that run a job have in common. */
final class JobRunner {
    /** Why a job that is there is taken up. */
    enum Purpose {
        RESUME,
        RETRY_FAILED,
        REBUILD
    }

    private final Console console;
    private final WorkspaceFlags workspace;
    private final RunFlags run;

    JobRunner(Console console, WorkspaceFlags workspace, RunFlags run) {
        this.console = console;
        this.workspace = workspace;
        this.run = run;
    }

    /**
     * Runs what was asked for; returns the exit code.
     *
     * @param yes whether nobody is to be asked whether to spend money
     */
    int run(JobOptions options, String name, Existing existing, boolean yes) {
        Taxonomy taxonomy = LaunchCheck.requireUsable(options, workspace.workspace);
        ErrorLog.hold();
        try (CheckpointStore store = Wiring.storeOnDemand(workspace.workspace)) {
            Optional<Forecast> forecast =
                    isNew(store, options, name, existing) ? forecast(store, options, taxonomy) : Optional.empty();
            SortedMap<String, String> launch = options.toMap();
            forecast.ifPresent(cost -> launch.putAll(cost.toMap()));
            Face face = face(options);
            BeforeSpending before = new BeforeSpending(console, run.quiet, workspace.json, yes);
            Summary summary = run(
                    options.job(store, taxonomy).name(name).existing(existing).launch(launch),
                    profile -> Providers.forJob(options, profile, taxonomy, face)
                            .createFor(InputSample.of(options.source(), profile), taxonomy, options.providerOptions()),
                    () -> forecast.ifPresent(cost -> before.say(cost, options.cap(), face)),
                    face);
            return show(summary, store);
        } finally {
            ErrorLog.close();
        }
    }

    private Optional<Forecast> forecast(CheckpointStore store, JobOptions options, Taxonomy taxonomy) {
        return Quote.of(store, options, taxonomy, Measurements.in(workspace.workspace))
                .forecast(options);
    }

    /**
     * Goes on with a job as it was asked for.
     *
     * @param idOrName empty for the newest that suits the purpose
     * @param limits settings of the provider that are others this time
     */
    int goOn(String idOrName, Purpose purpose, SortedMap<String, String> limits) {
        try (CheckpointStore store = existingStore(workspace.workspace)) {
            JobRecord job = find(store, idOrName, purpose);
            JobOptions kept = JobOptions.of(job.plan());
            ProviderFlags.requireFlagsSuit(kept.provider(), limits);
            JobOptions options =
                    (run.concurrency > 0 ? kept.withConcurrency(run.concurrency) : kept).withProviderOptions(limits);
            Taxonomy taxonomy = LaunchCheck.requireUsable(options, workspace.workspace);
            Face face = face(options);
            Summary summary = run(
                    options.job(store, taxonomy)
                            .id(job.id())
                            .retryFailed(purpose == Purpose.RETRY_FAILED)
                            .rebuild(purpose == Purpose.REBUILD),
                    profile -> {
                        CategorizerProvider provider = Providers.forJob(options, profile, taxonomy, face);
                        return purpose == Purpose.REBUILD
                                ? provider.readerFor(
                                        InputSample.of(options.source(), profile), taxonomy, options.providerOptions())
                                : provider.createFor(
                                        InputSample.of(options.source(), profile), taxonomy, options.providerOptions());
                    },
                    () -> {},
                    face);
            return show(summary, store);
        } finally {
            ErrorLog.close();
        }
    }

    /**
     * Runs a new job and says nothing about it; the caller shows what came of it.
     *
     * @param texts what the categorizer may learn from: those of the whole file, of which the job has some rows
     * @param before run when all else is known to be right, before the job is made
     */
    Summary trial(
            CheckpointStore store, JobOptions options, InputTexts texts, String name, Runnable before, Face face) {
        return trial(store, options, texts, name, UnaryOperator.identity(), before, face);
    }

    /**
     * The same with a look at how it is asked.
     *
     * @param watched makes a categorizer one that is looked at
     */
    Summary trial(
            CheckpointStore store,
            JobOptions options,
            InputTexts texts,
            String name,
            UnaryOperator<Categorizer> watched,
            Runnable before,
            Face face) {
        Taxonomy taxonomy = options.taxonomy();
        return run(
                options.job(store, taxonomy).name(name).existing(Existing.NEW),
                profile -> watched.apply(
                        Providers.named(options.provider()).createFor(texts, taxonomy, options.providerOptions())),
                before,
                face);
    }

    /** The store of a workspace; one that is not there must not be made by asking for it. */
    static CheckpointStore existingStore(Path workspace) {
        if (!Files.exists(workspace)) {
            throw new ConfigurationException("there is no workspace " + workspace
                    + " here; go to the folder where the job was begun, or name the workspace with --workspace");
        }
        LaunchCheck.requireFolder(workspace);
        ErrorLog.hold();
        return Wiring.store(workspace);
    }

    private static JobRecord find(CheckpointStore store, String idOrName, Purpose purpose) {
        if (!idOrName.isEmpty()) {
            return Jobs.named(store, idOrName);
        }
        return switch (purpose) {
            case RESUME -> Jobs.newest(store, JobRunner::waits, "unfinished job");
            case RETRY_FAILED ->
                Jobs.newest(
                        store, job -> job.state() == JobState.COMPLETED_WITH_FAILURES, "finished job with failed rows");
            case REBUILD -> Jobs.newest(store, job -> job.state().isFinished(), "finished job");
        };
    }

    private static boolean waits(JobRecord job) {
        return !job.state().isFinished()
                && job.reason()
                        .filter(reason -> reason == PauseReason.CANCELLED)
                        .isEmpty();
    }

    private static boolean isNew(CheckpointStore store, JobOptions options, String name, Existing existing) {
        Path input = RealPath.of(options.input());
        Path output = RealPath.of(options.output());
        return existing == Existing.NEW
                || store.jobs().stream().noneMatch(job -> job.plan().isFor(name, input, output));
    }

    /** @param before run when all else is known to be right, before the job is made */
    private Summary run(Job.Builder job, Function<CsvProfile, Categorizer> categorizer, Runnable before, Face face) {
        Deque<Categorizer> opened = new ArrayDeque<>();
        try {
            return run(
                    job.categorizerFor(profile -> {
                                opened.push(categorizer.apply(profile));
                                before.run();
                                writeErrorLog(); // Nothing is refused any more.
                                return opened.element();
                            })
                            .build(),
                    face);
        } catch (PigeonholeException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            writeErrorLog();
            LoggerFactory.getLogger(JobRunner.class).error("unexpected", e);
            throw e;
        } finally {
            opened.forEach(Categorizer::close);
        }
    }

    private void writeErrorLog() {
        if (!ErrorLog.writeTo(workspace.logs) && !run.quiet) {
            console.terminal()
                    .err()
                    .println(console.terminal().yellow("note: ") + "error.log cannot be written in "
                            + Plain.text(workspace.logs.toString()) + "; the job goes on without it");
        }
    }

    private Summary run(Job job, Face face) {
        console.signals().handle(code -> pause(job, code), code -> leave(code));
        try {
            return job.run(face);
        } finally {
            face.end();
        }
    }

    private int show(Summary summary, CheckpointStore store) {
        if (!run.quiet) {
            Optional<Forecast> forecast = store.find(summary.jobId())
                    .flatMap(job -> Forecast.of(job.plan().launch()));
            console.terminal().err().println(SummaryText.of(summary, console.terminal(), program(), forecast));
        }
        return exitCode(summary);
    }

    int exitCode(Summary summary) {
        return ExitCode.of(summary, console.signals().exitCode());
    }

    /** How the user calls this program on this workspace; a command goes between the two. */
    SummaryText.Program program() {
        boolean usual = workspace.workspace.equals(Path.of(WorkspaceFlags.USUAL));
        return new SummaryText.Program(
                console.program(), usual ? "" : " --workspace " + Plain.word(workspace.workspace.toString()));
    }

    private void pause(Job job, int code) {
        job.pause(code == ExitCode.TERMINATED ? "the process was asked to end" : "Ctrl-C");
        console.terminal().err().println();
        console.terminal().err().println("pausing: waiting for the calls in flight; again to leave at once");
        console.terminal().err().flush();
    }

    private static void leave(int code) {
        Runtime.getRuntime().halt(code);
    }

    private Face face(JobOptions options) {
        if (workspace.json) {
            return new JsonFace(console.out());
        }
        return run.quiet ? Face.quiet() : face(options, options.cap());
    }

    private Face face(JobOptions options, Optional<Money> cap) {
        Terminal terminal = console.terminal();
        boolean drawn = run.progress == RunFlags.ProgressStyle.TTY
                || (run.progress == RunFlags.ProgressStyle.AUTO && terminal.interactive());
        if (run.progress == RunFlags.ProgressStyle.NONE) {
            return Face.quiet();
        }
        return drawn
                ? new TerminalFace(terminal, options.batchSize(), options.subBatchSize(), cap)
                : new PlainFace(terminal.err(), Clock.systemUTC(), options.subBatchSize(), cap);
    }
}

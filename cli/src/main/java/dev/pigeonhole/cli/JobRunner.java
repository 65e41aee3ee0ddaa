package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.file.RealPath;
import dev.pigeonhole.core.job.Existing;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.Summary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.LoggerFactory;

/** Wires a job, runs it and shows it: what {@code run}, {@code resume} and {@code retry-failed} have in common. */
final class JobRunner {
    private final Console console;
    private final WorkspaceFlags workspace;
    private final RunFlags run;

    JobRunner(Console console, WorkspaceFlags workspace, RunFlags run) {
        this.console = console;
        this.workspace = workspace;
        this.run = run;
    }

    /** Runs what was asked for; returns the exit code. */
    int run(JobOptions options, String name, Existing existing) {
        Taxonomy taxonomy = requireUsable(options);
        ErrorLog.hold();
        Path folder = workspace.workspace;
        try (CheckpointStore store = new StoreOnDemand(() -> Files.exists(folder), () -> Wiring.store(folder))) {
            return run(job(store, options, taxonomy).name(name).existing(existing), options, taxonomy);
        } finally {
            ErrorLog.close();
        }
    }

    /** Goes on with a job as it was asked for. */
    int goOn(String idOrName, boolean retryFailed) {
        try (CheckpointStore store = existingStore(workspace.workspace)) {
            JobRecord job = find(store, idOrName, retryFailed);
            JobOptions kept = JobOptions.of(job.plan());
            JobOptions options = run.concurrency > 0 ? kept.withConcurrency(run.concurrency) : kept;
            Taxonomy taxonomy = requireUsable(options);
            return run(job(store, options, taxonomy).id(job.id()).retryFailed(retryFailed), options, taxonomy);
        } finally {
            ErrorLog.close();
        }
    }

    /** The store of a workspace; one that is not there must not be made by asking for it. */
    static CheckpointStore existingStore(Path workspace) {
        if (!Files.exists(workspace)) {
            throw new ConfigurationException("there is no workspace " + workspace
                    + " here; go to the folder where the job was begun, or name the workspace with --workspace");
        }
        requireFolder(workspace);
        ErrorLog.hold();
        return Wiring.store(workspace);
    }

    /** All that can be found wrong before a workspace and a log are made for nothing. */
    private Taxonomy requireUsable(JobOptions options) {
        if (!Files.exists(options.input())) {
            throw new InputException("input file " + options.input() + ": no such file");
        }
        if (Files.isDirectory(options.input())) {
            throw new InputException("input " + options.input() + ": this is a folder; name a CSV file");
        }
        requireFolder(workspace.workspace);
        requireHarmlessOutput(options);
        options.source();
        options.settings();
        Wiring.provider(options.provider());
        return options.taxonomy();
    }

    /** What is replaced at the end must not be what the job, or other jobs, live on. */
    private void requireHarmlessOutput(JobOptions options) {
        Path output = RealPath.of(options.output());
        if (output.equals(RealPath.of(options.categories()))) {
            throw new ConfigurationException(
                    "the output " + output + " is the category file; name another file with --output");
        }
        if (output.startsWith(RealPath.of(workspace.workspace))) {
            throw new ConfigurationException("the output " + output
                    + " is in the workspace, which is the program's own; name another place with --output");
        }
    }

    private static void requireFolder(Path workspace) {
        Path nearest = workspace.toAbsolutePath().normalize();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            throw new ConfigurationException("the workspace " + workspace + " cannot be a folder, because " + nearest
                    + " is a file; name another place with --workspace");
        }
    }

    private static JobRecord find(CheckpointStore store, String idOrName, boolean retryFailed) {
        if (!idOrName.isEmpty()) {
            return Jobs.named(store, idOrName);
        }
        return retryFailed
                ? Jobs.newest(
                        store, job -> job.state() == JobState.COMPLETED_WITH_FAILURES, "finished job with failed rows")
                : Jobs.newest(store, job -> !job.state().isFinished(), "unfinished job");
    }

    private static Job.Builder job(CheckpointStore store, JobOptions options, Taxonomy taxonomy) {
        return Job.builder()
                .input(options.source())
                .taxonomy(taxonomy)
                .checkpoints(store)
                .output(options.output())
                .settings(options.settings())
                .launch(options.toMap());
    }

    private int run(Job.Builder job, JobOptions options, Taxonomy taxonomy) {
        Deque<Categorizer> opened = new ArrayDeque<>();
        try {
            return show(
                    job.categorizer(() -> {
                                opened.push(Wiring.provider(options.provider())
                                        .create(taxonomy, options.providerOptions()));
                                writeErrorLog(); // Nothing is refused any more.
                                return opened.element();
                            })
                            .build(),
                    face(options));
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

    private int show(Job job, Face face) {
        console.signals().handle(code -> pause(job, code), code -> leave(code));
        Summary summary;
        try {
            summary = job.run(face);
        } finally {
            face.end();
        }
        if (!run.quiet) {
            console.terminal().err().println(SummaryText.of(summary, console.terminal(), program()));
        }
        return ExitCode.of(summary, console.signals().exitCode());
    }

    /** How the user calls this program on this workspace; a command goes between the two. */
    private SummaryText.Program program() {
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
        } else if (run.quiet) {
            return Face.quiet();
        }
        Terminal terminal = console.terminal();
        return switch (run.progress) {
            case NONE -> Face.quiet();
            case TTY -> new TerminalFace(terminal, options.batchSize(), options.subBatchSize());
            case PLAIN -> new PlainFace(terminal.err(), Clock.systemUTC(), options.subBatchSize());
            case AUTO ->
                terminal.interactive()
                        ? new TerminalFace(terminal, options.batchSize(), options.subBatchSize())
                        : new PlainFace(terminal.err(), Clock.systemUTC(), options.subBatchSize());
        };
    }
}

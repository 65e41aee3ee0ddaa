package dev.pigeonhole.cli;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code list}: all jobs of a workspace, the newest first. Reads only. */
@Command(name = "list", description = "List the jobs of a workspace.")
final class ListCommand implements Callable<Integer> {
    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Mixin
    private WorkspaceFlags workspace = new WorkspaceFlags();

    @Override
    public Integer call() {
        try (CheckpointStore store = JobRunner.existingStore(workspace.workspace)) {
            List<JobRecord> jobs = store.jobs();
            if (workspace.json) {
                Json json = new Json();
                jobs.forEach(job -> parent.console()
                        .out()
                        .println(json.line(StatusCommand.json(job, store.tally(job.id()), store.bill(job.id())))));
            } else if (jobs.isEmpty()) {
                parent.console().terminal().err().println("no jobs yet");
            } else {
                jobs.forEach(job -> parent.console().out().println(line(job)));
            }
            return ExitCode.DONE;
        }
    }

    private static String line(JobRecord job) {
        return String.format(
                Locale.ROOT,
                "%-12s %-24s %12s rows  %s  %s%s",
                job.id(),
                JsonFace.state(job.state()).replace('_', ' '),
                Plain.number(job.plan().profile().rows()),
                job.created().truncatedTo(ChronoUnit.SECONDS),
                Plain.text(job.plan().input().toString()),
                job.plan().name().isEmpty() ? "" : "  (" + Plain.text(job.plan().name()) + ")");
    }
}

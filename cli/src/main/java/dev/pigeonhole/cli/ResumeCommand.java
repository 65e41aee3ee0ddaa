package dev.pigeonhole.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code resume}: goes on with a job as it was asked for. */
@Command(name = "resume", description = "Go on with a job that is not finished.")
final class ResumeCommand implements Callable<Integer> {
    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "JOB",
            defaultValue = "",
            description = "Its id or name. Default: the newest that is not finished.")
    private String job = "";

    @Mixin
    private WorkspaceFlags workspace = new WorkspaceFlags();

    @Mixin
    private RunFlags run = new RunFlags();

    @Mixin
    private LimitFlags limits = new LimitFlags();

    @Override
    public Integer call() {
        return new JobRunner(parent.console(), workspace, run).goOn(job, JobRunner.Purpose.RESUME, limits.given());
    }
}

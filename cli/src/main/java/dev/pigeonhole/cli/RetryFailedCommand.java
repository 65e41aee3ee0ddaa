package dev.pigeonhole.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code retry-failed}: asks again about the failed rows only, and publishes anew. */
@Command(name = "retry-failed", description = "Ask again about the rows that failed, and write the output anew.")
final class RetryFailedCommand implements Callable<Integer> {
    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "JOB",
            defaultValue = "",
            description = "Its id or name. Default: the newest that has failed rows.")
    private String job = "";

    @Mixin
    private WorkspaceFlags workspace = new WorkspaceFlags();

    @Mixin
    private RunFlags run = new RunFlags();

    @Mixin
    private LimitFlags limits = new LimitFlags();

    @Override
    public Integer call() {
        return new JobRunner(parent.console(), workspace, run)
                .goOn(job, JobRunner.Purpose.RETRY_FAILED, limits.given());
    }
}

package dev.pigeonhole.cli;

import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code rebuild}: makes the output anew from stored answers. */
@Command(
        name = "rebuild",
        description = "Make the output of a finished job anew from the answers that were paid for. Calls nobody.")
final class RebuildCommand implements Callable<Integer> {
    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "JOB",
            defaultValue = "",
            description = "Its id or name. Default: the newest that is finished.")
    private String job = "";

    @Mixin
    private WorkspaceFlags workspace = new WorkspaceFlags();

    @Mixin
    private RunFlags run = new RunFlags();

    @Override
    public Integer call() {
        return new JobRunner(parent.console(), workspace, run).goOn(job, JobRunner.Purpose.REBUILD, new TreeMap<>());
    }
}

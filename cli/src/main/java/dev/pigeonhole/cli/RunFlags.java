package dev.pigeonhole.cli;

import picocli.CommandLine.Option;

/** How a run is shown; shared by the commands that run a job. Filled by picocli. */
final class RunFlags {
    enum ProgressStyle {
        AUTO,
        TTY,
        PLAIN,
        NONE
    }

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, no summary; errors only.")
    boolean quiet;

    @Option(
            names = "--progress",
            defaultValue = "auto",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    ProgressStyle progress = ProgressStyle.AUTO;

    @Option(
            names = {"-j", "--concurrency"},
            paramLabel = "N",
            description = "Calls in flight at most. Default: what suits the provider.")
    int concurrency;
}

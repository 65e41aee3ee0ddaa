package dev.pigeonhole.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where jobs and logs are kept; shared by the commands that touch jobs. Filled by picocli. */
final class WorkspaceFlags {
    static final String USUAL = ".pigeonhole";

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "DIR",
            defaultValue = USUAL,
            description = "Folder of the jobs. Default: ${DEFAULT-VALUE}.")
    Path workspace = Path.of(USUAL);

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            defaultValue = "logs",
            description = "Folder of error.log. Default: ${DEFAULT-VALUE}.")
    Path logs = Path.of("logs");

    @Option(names = "--json", description = "Newline-delimited JSON on standard output.")
    boolean json;
}

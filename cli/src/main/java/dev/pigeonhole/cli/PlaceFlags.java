package dev.pigeonhole.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the web page keeps jobs and logs. Filled by picocli. */
final class PlaceFlags {
    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "DIR",
            defaultValue = WorkspaceFlags.USUAL,
            description = "Folder of the jobs. Default: ${DEFAULT-VALUE}.")
    Path workspace = Path.of(WorkspaceFlags.USUAL);

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            defaultValue = "logs",
            description = "Folder of error.log. Default: ${DEFAULT-VALUE}.")
    Path logs = Path.of("logs");
}

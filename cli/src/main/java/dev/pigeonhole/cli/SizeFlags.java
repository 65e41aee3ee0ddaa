package dev.pigeonhole.cli;

import picocli.CommandLine.Option;

/** How the rows are cut; shared by the commands that cut them, or foretell it. Filled by picocli. */
final class SizeFlags {
    @Option(
            names = "--batch-size",
            paramLabel = "ROWS",
            defaultValue = "2000",
            description = "Rows in a batch file. Default: ${DEFAULT-VALUE}.")
    int batchSize = 2000;

    /** Also of commands that write no batch files. */
    static final class SubBatch {
        @Option(
                names = "--sub-batch-size",
                paramLabel = "ROWS",
                defaultValue = "20",
                description = "Rows in one call. Default: ${DEFAULT-VALUE}.")
        int size = 20;
    }
}

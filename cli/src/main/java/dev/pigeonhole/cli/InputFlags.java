package dev.pigeonhole.cli;

import dev.pigeonhole.core.csv.CsvSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How to read the input; shared by the commands that read one. Filled by picocli. */
final class InputFlags extends DialectFlags {
    @Parameters(index = "0", paramLabel = "INPUT.csv", description = "The CSV file to categorize.")
    Path input = Path.of("");

    @Option(
            names = {"-t", "--text-column"},
            paramLabel = "COL",
            description = "Column to look at, by name or as #3; give it again for more. Guessed if only one is likely.")
    List<String> textColumns = new ArrayList<>();

    CsvSource source() {
        return source(input).textColumns(textColumns);
    }
}

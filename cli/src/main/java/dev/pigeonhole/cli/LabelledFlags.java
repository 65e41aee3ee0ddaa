package dev.pigeonhole.cli;

import dev.pigeonhole.workspace.LabelledFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How to read a file whose rows have labels; shared by the commands that learn from one. Filled by picocli. */
final class LabelledFlags extends DialectFlags {
    @Parameters(
            index = "0",
            paramLabel = "LABELLED.csv",
            description = "A CSV file whose rows have a category already.")
    Path input = Path.of("");

    @Option(
            names = {"-t", "--text-column"},
            paramLabel = "COL",
            description = "Column to look at, by name or as #3; give it again for more. Guessed if only one is likely.")
    private List<String> textColumns = new ArrayList<>();

    @Option(
            names = {"-l", "--label-column"},
            required = true,
            paramLabel = "COL",
            description = "Column that holds the category of each row, by name or as #3.")
    private String labelColumn = "";

    LabelledFile rows() {
        return LabelledFile.of(source(input).textColumns(textColumns).labelColumn(labelColumn));
    }
}

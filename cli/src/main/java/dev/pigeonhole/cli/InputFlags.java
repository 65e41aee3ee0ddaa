package dev.pigeonhole.cli;

import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.RaggedPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How to read the input; shared by the commands that read one. Filled by picocli. */
final class InputFlags {
    enum BadBytes {
        FAIL,
        REPLACE
    }

    @Parameters(index = "0", paramLabel = "INPUT.csv", description = "The CSV file to categorize.")
    Path input = Path.of("");

    @Option(
            names = {"-t", "--text-column"},
            paramLabel = "COL",
            description = "Column to look at, by name or as #3; give it again for more. Guessed if only one is likely.")
    List<String> textColumns = new ArrayList<>();

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "Default: ${DEFAULT-VALUE}.")
    String encoding = "auto";

    @Option(
            names = "--delimiter",
            paramLabel = "CHAR",
            defaultValue = "auto",
            description = "One character, or comma, semicolon, tab, pipe. Default: ${DEFAULT-VALUE}.")
    String delimiter = "auto";

    @Option(
            names = "--ragged",
            paramLabel = "POLICY",
            defaultValue = "auto",
            converter = RaggedConverter.class,
            completionCandidates = RaggedConverter.Names.class,
            description =
                    "Rows with too many or too few columns: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, which"
                            + " pads short rows and sets long ones aside.")
    RaggedPolicy ragged = RaggedPolicy.AUTO;

    @Option(names = "--lenient-quotes", description = "Join text that stands behind a closing quote.")
    boolean lenientQuotes;

    @Option(
            names = "--on-bad-bytes",
            defaultValue = "fail",
            description =
                    "Bytes that are no text in this encoding: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    BadBytes badBytes = BadBytes.FAIL;

    CsvSource source() {
        return CsvSource.of(input)
                .encoding(encoding)
                .delimiter(delimiter)
                .textColumns(textColumns)
                .ragged(ragged)
                .lenientQuotes(lenientQuotes)
                .replaceBadBytes(badBytes == BadBytes.REPLACE);
    }
}

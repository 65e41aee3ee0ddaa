package dev.pigeonhole.cli;

import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.csv.RaggedPolicy;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a table is written; shared by the commands that read one. Filled by picocli. */
class DialectFlags {
    enum BadBytes {
        FAIL,
        REPLACE
    }

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

    final CsvSource source(Path file) {
        return CsvSource.of(file)
                .encoding(encoding)
                .delimiter(delimiter)
                .ragged(ragged)
                .lenientQuotes(lenientQuotes)
                .replaceBadBytes(badBytes == BadBytes.REPLACE);
    }
}

package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.quality.Evaluation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a page about an evaluation goes. Filled by picocli. */
final class ReportFlags {
    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write a page with charts too, which needs no network. Replaces the one that is there.")
    private @Nullable Path report;

    /** Before any work is done. A slip of the hand must not replace a table by a page about it. */
    void requireUsable() {
        if (report == null) {
            return;
        }
        if (!report.toString().toLowerCase(Locale.ROOT).matches("(?s).*\\.html?")) {
            throw new ConfigurationException(
                    "--report writes a web page, so its name must end in .html, found " + report);
        }
        Path folder = report.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ConfigurationException("the report " + report + " cannot be written: there is no folder " + folder
                    + "; make it, or name another place with --report");
        }
    }

    /** Writes it, if it was asked for. */
    void write(Evaluation evaluation, Clock clock) {
        if (report == null) {
            return;
        }
        try {
            Files.writeString(
                    report,
                    Wiring.report(evaluation.toMap(), title(evaluation), clock.instant()),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StorageException(
                    "the report " + report + " cannot be written (" + e.getMessage()
                            + "); name another place with --report",
                    e);
        }
    }

    private static String title(Evaluation evaluation) {
        Path name = Path.of(evaluation.subject().file()).getFileName();
        return name == null ? evaluation.subject().file() : name.toString();
    }
}

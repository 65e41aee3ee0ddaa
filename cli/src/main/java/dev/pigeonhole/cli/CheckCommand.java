package dev.pigeonhole.cli;

import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.csv.CsvDialect;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.job.Notices;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code check}: reads input and categories to the end, says what is found, and calls nobody. */
@Command(name = "check", description = "Read an input and its categories, and say what is found. Calls nobody.")
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Mixin
    private InputFlags input = new InputFlags();

    @Option(
            names = {"-c", "--categories"},
            paramLabel = "FILE",
            description = "The categories, if they are to be checked too.")
    private @Nullable Path categories;

    @Option(names = "--json", description = "One line of JSON on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        CsvProfile profile = input.source().scan();
        Taxonomy taxonomy = categories == null ? null : Taxonomy.load(categories);
        parent.console().out().println(json ? new Json().line(json(profile, taxonomy)) : text(profile, taxonomy));
        return ExitCode.DONE;
    }

    private static String text(CsvProfile profile, @Nullable Taxonomy taxonomy) {
        StringBuilder text = new StringBuilder();
        line(text, "rows", Plain.number(profile.rows()));
        line(
                text,
                "encoding",
                profile.dialect().charset().name() + (profile.dialect().bom() ? " with byte order mark" : ""));
        line(text, "delimiter", delimiter(profile.dialect()));
        line(text, "line end", lineEnding(profile.dialect()));
        line(
                text,
                "columns",
                String.join(", ", profile.columns().stream().map(Plain::text).toList()));
        line(
                text,
                "text",
                String.join(
                        ", ",
                        profile.textColumnNames().stream().map(Plain::text).toList()));
        Notices.of(profile).forEach(notice -> line(text, "note", Plain.text(notice)));
        if (taxonomy != null) {
            line(
                    text,
                    "categories",
                    Plain.number(taxonomy.categories().size()) + " (" + described(taxonomy) + " with a description, "
                            + examples(taxonomy) + " examples)");
        }
        line(text, "sha-256", profile.sha256());
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(Plain.field(11, name, value));
    }

    private static long described(Taxonomy taxonomy) {
        return taxonomy.categories().stream()
                .filter(c -> !c.description().isEmpty())
                .count();
    }

    private static long examples(Taxonomy taxonomy) {
        return taxonomy.categories().stream()
                .mapToLong(c -> c.examples().size())
                .sum();
    }

    private static String delimiter(CsvDialect dialect) {
        return switch (dialect.delimiter()) {
            case CsvDialect.NONE -> "none: one column";
            case '\t' -> "tab";
            default -> Plain.text(String.valueOf(dialect.delimiter()));
        };
    }

    private static String lineEnding(CsvDialect dialect) {
        return switch (dialect.lineEnding()) {
            case "\n" -> "LF";
            case "\r\n" -> "CR LF";
            default -> "CR";
        };
    }

    private static Map<String, @Nullable Object> json(CsvProfile profile, @Nullable Taxonomy taxonomy) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", "check");
        map.put("v", 1);
        map.put("rows", profile.rows());
        map.put("bytes", profile.bytes());
        map.put("sha256", profile.sha256());
        map.put("encoding", profile.dialect().charset().name());
        map.put("bom", profile.dialect().bom());
        map.put("delimiter", delimiter(profile.dialect()));
        map.put("line_ending", lineEnding(profile.dialect()));
        map.put("columns", profile.columns());
        map.put("text_columns", profile.textColumnNames());
        map.put("notices", Notices.of(profile));
        map.put("categories", taxonomy == null ? List.of() : taxonomy.names());
        return map;
    }
}

package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.RankerProvider;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.JobSettings;
import dev.pigeonhole.workspace.CategoryLint;
import dev.pigeonhole.workspace.ConfusionForecast;
import dev.pigeonhole.workspace.LintNote;
import dev.pigeonhole.workspace.LintSample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code lint}: what in a category file will make answers worse, and which categories will be confused. Calls nobody. */
@Command(
        name = "lint",
        description = "Look for what in a category file makes answers worse, on a sample of rows if there is one. Calls"
                + " nobody.")
final class LintCommand implements Callable<Integer> {
    private static final long SEED = 1;

    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Parameters(index = "0", paramLabel = "CATEGORIES", description = "The category file.")
    private Path categories = Path.of("");

    @Option(
            names = "--sample",
            paramLabel = "FILE",
            description = "A CSV file with rows as they will come: up to 3,000 of them, drawn at random, are tried.")
    private @Nullable Path sample;

    @Option(
            names = {"-t", "--text-column"},
            paramLabel = "COL",
            description = "Column of the sample to look at, by name or as #3; give it again for more.")
    private List<String> textColumns = new ArrayList<>();

    @Option(
            names = "--label-column",
            paramLabel = "COL",
            description =
                    "Column of the sample that holds the right category, if it is known: tells which are confused.")
    private String labelColumn = "";

    @Mixin
    private SizeFlags.SubBatch subBatch = new SizeFlags.SubBatch();

    @Option(names = "--strict", description = "End with exit code 7 if there is a warning.")
    private boolean strict;

    @Option(names = "--json", description = "One line of JSON on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        requireSample();
        int rowsOfACall = JobSettings.defaults().withSubBatchSize(subBatch.size).subBatchSize();
        Taxonomy taxonomy = taxonomy();
        ConfusionForecast forecast = forecast(taxonomy);
        List<LintNote> notes = CategoryLint.sorted(CategoryLint.of(taxonomy, rowsOfACall), forecast.notes());
        LintReport report = new LintReport(taxonomy.categories().size(), forecast, notes);
        parent.console().out().println(json ? new Json().line(report.toMap()) : report.text());
        if (report.count(LintNote.Level.ERROR) > 0) {
            return ExitCode.USAGE;
        }
        return strict && report.count(LintNote.Level.WARNING) > 0 ? ExitCode.QUALITY : ExitCode.DONE;
    }

    private void requireSample() {
        if (sample == null && !(textColumns.isEmpty() && labelColumn.isEmpty())) {
            throw new ConfigurationException(
                    "--text-column and --label-column name columns of a sample; name its file with --sample");
        }
    }

    /** All that is wrong at once: who mends a file wants to know the whole list. */
    private Taxonomy taxonomy() {
        List<String> faults = Taxonomy.faults(categories);
        if (faults.size() > 1) {
            String prefix = "category file " + categories + ": ";
            throw new ConfigurationException(prefix + Plain.number(faults.size()) + " things are wrong\n  "
                    + String.join(
                            "\n  ",
                            faults.stream()
                                    .map(fault -> fault.startsWith(prefix) ? fault.substring(prefix.length()) : fault)
                                    .toList()));
        }
        return Taxonomy.load(categories);
    }

    private ConfusionForecast forecast(Taxonomy taxonomy) {
        RankerProvider rankers = RankerProvider.find()
                .orElseThrow(() -> new ConfigurationException(
                        "the local classifier is not on the class path, so categories cannot be tried; add"
                                + " pigeonhole-ml-local"));
        if (sample == null) {
            return ConfusionForecast.of(rankers, taxonomy);
        }
        CsvSource table = CsvSource.of(sample).textColumns(textColumns);
        CsvSource source = labelColumn.isEmpty() ? table : table.labelColumn(labelColumn);
        CsvProfile profile = source.scan();
        return ConfusionForecast.of(
                rankers,
                taxonomy,
                labelColumn.isEmpty()
                        ? LintSample.of(source, profile, ConfusionForecast.MOST_ROWS, SEED)
                        : LintSample.labelled(source, profile, labelColumn, ConfusionForecast.MOST_ROWS, SEED));
    }
}

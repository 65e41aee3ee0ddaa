package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.InputTexts;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.core.job.JobEvent;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.workspace.ErrorLog;
import dev.pigeonhole.workspace.Forecast;
import dev.pigeonhole.workspace.InputSample;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.LaunchCheck;
import dev.pigeonhole.workspace.Sample;
import dev.pigeonhole.workspace.TrialFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code try}: asks about a few rows that stand for the file, and shows the answers and what they cost. */
@Command(
        name = "try",
        description =
                "Ask about a few rows from all over the file; show the answers and what they cost. A later run does"
                        + " not pay for them again.")
final class TryCommand implements Callable<Integer> {
    private static final int MOST_ROWS = 1_000;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'trial-'yyyyMMdd-HHmmss-SSS", Locale.ROOT);

    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Mixin
    private InputFlags input = new InputFlags();

    @Mixin
    private WorkspaceFlags workspace = new WorkspaceFlags();

    @Option(
            names = {"-c", "--categories"},
            paramLabel = "FILE",
            description = "The categories: YAML, JSON, or text with one name per line. Not needed with a model that was"
                    + " trained.")
    private @Nullable Path categories;

    @Mixin
    private ProviderFlags provider = new ProviderFlags();

    @Option(
            names = {"-n", "--rows"},
            paramLabel = "N",
            defaultValue = "25",
            description = "How many rows. Default: ${DEFAULT-VALUE}.")
    private int rows = 25;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Another seed, other rows. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin
    private SizeFlags.SubBatch subBatch = new SizeFlags.SubBatch();

    @Override
    public Integer call() {
        if (rows < 1 || rows > MOST_ROWS) {
            throw new ConfigurationException("--rows must be from 1 to " + MOST_ROWS + ", was " + rows);
        }
        Path folder = workspace.workspace;
        String name = NAME.format(LocalDateTime.now(ZoneOffset.UTC));
        JobOptions whole = options();
        Taxonomy taxonomy = LaunchCheck.requireUsable(whole, folder);
        List<CsvItem> sample = sample(whole.source());
        ErrorLog.hold();
        try (CheckpointStore store = Wiring.store(folder)) {
            Optional<Forecast> ofFile = Forecast.of(store, whole, taxonomy);
            TrialFiles files = TrialFiles.write(folder, name, sample);
            JobOptions options = files.optionsLike(whole);
            Optional<Forecast> ofTrial = Forecast.of(store, options, taxonomy);
            return show(store, options, InputSample.of(whole.source()), files, ofTrial, ofFile);
        } finally {
            ErrorLog.close();
        }
    }

    private int show(
            CheckpointStore store,
            JobOptions options,
            InputTexts texts,
            TrialFiles files,
            Optional<Forecast> ofTrial,
            Optional<Forecast> ofFile) {
        Console console = parent.console();
        JobRunner runner = new JobRunner(console, workspace, new RunFlags());
        Watch watch = new Watch();
        Summary summary = runner.trial(store, options, texts, "trial " + input.input.getFileName(), watch);
        TrialReport report = new TrialReport(
                summary, summary.state().isFinished() ? files.answers() : List.of(), watch.meanCall, ofTrial, ofFile);
        if (!summary.state().isFinished()) {
            console.terminal()
                    .err()
                    .println(SummaryText.of(summary, console.terminal(), runner.program(), Optional.empty()));
        }
        if (workspace.json) {
            console.out().println(new Json().line(report.json()));
        } else if (summary.state().isFinished()) {
            console.out().println(report.text());
        }
        return runner.exitCode(summary);
    }

    /** Keeps how long a call took. */
    private static final class Watch implements Face {
        private Duration meanCall = Duration.ZERO;

        @Override
        public void on(JobEvent event) {
            if (event instanceof JobEvent.Advanced advanced) {
                meanCall = advanced.progress().meanCall();
            }
        }
    }

    private List<CsvItem> sample(CsvSource source) {
        List<CsvItem> sample = Sample.of(source, source.scan(), rows, seed);
        if (sample.isEmpty()) {
            throw new ConfigurationException("no row of " + input.input + " has a text, so there is nothing to try");
        }
        return sample;
    }

    private JobOptions options() {
        return new JobOptions(
                input.input,
                workspace.workspace.resolve(TrialFiles.FOLDER).resolve("none"),
                Optional.ofNullable(categories),
                input.textColumns,
                input.encoding,
                input.delimiter,
                input.ragged,
                input.lenientQuotes,
                input.badBytes == DialectFlags.BadBytes.REPLACE,
                provider.provider(),
                provider.options(),
                2_000,
                subBatch.size,
                0,
                false);
    }
}

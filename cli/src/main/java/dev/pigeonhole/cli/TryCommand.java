package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.csv.CsvItem;
import dev.pigeonhole.core.csv.CsvProfile;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.LaunchCheck;
import dev.pigeonhole.workspace.Sample;
import dev.pigeonhole.workspace.TrialFiles;
import java.nio.file.Path;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code try}: asks about a few rows that stand for the file, and shows the answers and what they cost. */
@Command(
        name = "try",
        description =
                "Ask about a few rows from all over the file; show the answers and what they cost. A later run does"
                        + " not pay for them again. With --sweep, find out how many rows a call may have.")
final class TryCommand implements Callable<Integer> {
    private static final int ROWS = 25;
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
            description = "How many rows. Default: " + ROWS + "; with --sweep " + SweepFlags.ROWS + ".")
    private @Nullable Integer rows;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Another seed, other rows. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin
    private SizeFlags.SubBatch subBatch = new SizeFlags.SubBatch();

    @Mixin
    private SweepFlags sweep = new SweepFlags();

    @Option(
            names = {"-y", "--yes"},
            description =
                    "Ask nothing. Else, on a terminal, what has no --max-cost and may cost more than a dollar asks.")
    private boolean yes;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return sweep.isAsked() ? sweep() : trial();
    }

    private int sweep() {
        if (spec != null && spec.commandLine().getParseResult().hasMatchedOption("--sub-batch-size")) {
            throw new ConfigurationException("--sweep names the sizes itself; leave --sub-batch-size out");
        }
        Sweeping.Wish wish = new Sweeping.Wish(
                options(), sweep, rows(SweepFlags.ROWS, SweepFlags.MOST_ROWS), seed, name(), provider.isLocal(), yes);
        return new Sweeping(parent.console(), workspace, wish).run();
    }

    private int rows(int usual, int most) {
        int asked = rows == null ? usual : rows;
        if (asked < 1 || asked > most) {
            throw new ConfigurationException("--rows must be from 1 to " + most + ", was " + asked);
        }
        return asked;
    }

    private static String name() {
        return NAME.format(LocalDateTime.now(ZoneOffset.UTC));
    }

    private int trial() {
        sweep.requireNothing();
        JobOptions whole = sweep.withoutTruth(options());
        Taxonomy taxonomy = LaunchCheck.requireUsable(whole, workspace.workspace);
        CsvProfile profile = whole.source().scan();
        List<CsvItem> sample = sample(whole.source(), profile, rows(ROWS, MOST_ROWS));
        Trying.Wish wish = new Trying.Wish(whole, profile, taxonomy, sample, sweep.truth(), name(), yes);
        return new Trying(parent.console(), workspace, wish).run();
    }

    private List<CsvItem> sample(CsvSource source, CsvProfile profile, int most) {
        List<CsvItem> sample = Sample.of(source, profile, most, seed);
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

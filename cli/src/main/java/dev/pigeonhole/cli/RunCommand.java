package dev.pigeonhole.cli;

import dev.pigeonhole.core.job.Existing;
import dev.pigeonhole.workspace.JobOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code run}: begins a job, or goes on with the one for the same input and output. */
@Command(
        name = "run",
        description = "Categorize the rows of a CSV file. The same command again goes on where it stopped.",
        footer = {
            "",
            "Examples:",
            "  pigeonhole run tickets.csv --categories categories.yaml --text-column subject --text-column body",
            "  pigeonhole run tickets.csv --categories categories.txt --output sorted.csv --json",
            "  pigeonhole run tickets.csv --categories categories.yaml --model gpt-5-nano --max-cost 5",
            "  pigeonhole run tickets.csv --categories categories.yaml --model gpt-5-nano --gold known.csv --truth"
                    + " team",
            "  pigeonhole run tickets.csv --model tickets.pgn --min-confidence 0.6"
        })
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Mixin
    private InputFlags input = new InputFlags();

    @Mixin
    private WorkspaceFlags workspace = new WorkspaceFlags();

    @Mixin
    private RunFlags run = new RunFlags();

    @Option(
            names = {"-c", "--categories"},
            paramLabel = "FILE",
            description = "The categories: YAML, JSON, or text with one name per line. Not needed with a model that was"
                    + " trained.")
    private @Nullable Path categories;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "output.csv",
            description = "Where the result goes. Default: ${DEFAULT-VALUE}.")
    private Path output = Path.of("output.csv");

    @Mixin
    private ProviderFlags provider = new ProviderFlags();

    @Mixin
    private SentinelFlags sentinels = new SentinelFlags();

    @Mixin
    private SizeFlags sizes = new SizeFlags();

    @Mixin
    private SizeFlags.SubBatch subBatch = new SizeFlags.SubBatch();

    @Option(names = "--job", paramLabel = "NAME", defaultValue = "", description = "A name for the job.")
    private String job = "";

    @Option(
            names = "--existing",
            defaultValue = "resume",
            description =
                    "If there is a job for this input and output: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Existing existing = Existing.RESUME;

    @Option(
            names = "--output-bom",
            description = "Begin the output with a byte order mark, as some spreadsheets want it.")
    private boolean outputBom;

    @Option(
            names = {"-y", "--yes"},
            description =
                    "Ask nothing. Else, on a terminal, a run without --max-cost that may cost more than a dollar asks.")
    private boolean yes;

    @Override
    public Integer call() {
        JobOptions options = new JobOptions(
                        input.input,
                        output,
                        Optional.ofNullable(categories),
                        input.textColumns,
                        input.encoding,
                        input.delimiter,
                        input.ragged,
                        input.lenientQuotes,
                        input.badBytes == DialectFlags.BadBytes.REPLACE,
                        provider.provider(),
                        provider.options(),
                        sizes.batchSize,
                        subBatch.size,
                        run.concurrency,
                        outputBom)
                .withSentinels(sentinels.options(provider.provider(), subBatch.size));
        return new JobRunner(parent.console(), workspace, run).run(options, job, existing, yes);
    }
}

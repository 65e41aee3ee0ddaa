package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.csv.CsvSource;
import dev.pigeonhole.quality.Evaluation;
import dev.pigeonhole.quality.FileEvaluation;
import dev.pigeonhole.quality.JobEvaluation;
import dev.pigeonhole.quality.RankedShortlist;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.Providers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code evaluate}: how right the answers are, by a column that knows. Reads only; works beside a run. */
@Command(
        name = "evaluate",
        description = "Say how right the answers of a job or of a file are, by a column of right ones. Calls nobody.")
final class EvaluateCommand implements Callable<Integer> {
    private static final List<String> OF_FILES = List.of(
            "--answer", "--categories", "--encoding", "--delimiter", "--ragged", "--lenient-quotes", "--on-bad-bytes");

    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "JOB|FILE",
            defaultValue = "",
            description =
                    "Id or name of a job, or a CSV file that has answers, such as an output. Default: the newest job.")
    private String subject = "";

    @Option(
            names = "--truth",
            paramLabel = "COL",
            description =
                    "Column with the right categories, by name or as #3: of the job's input, or of the file. May be left"
                            + " out for a job begun on the web page with such a column.")
    private @Nullable String truth;

    @Option(
            names = "--answer",
            paramLabel = "COL",
            description = "Column of the file with the answers. Default: the result columns of this program.")
    private @Nullable String answer;

    @Option(
            names = {"-c", "--categories"},
            paramLabel = "FILE",
            description = "The categories, for a file. Default: all that occur in it.")
    private @Nullable Path categories;

    @Mixin
    private DialectFlags dialect = new DialectFlags();

    @Mixin
    private GateFlags gate = new GateFlags();

    @Mixin
    private ReportFlags report = new ReportFlags();

    @Option(names = "--all", description = "Show all categories and all pairs that were confused.")
    private boolean all;

    @Mixin
    private WorkspaceFlags workspace = new WorkspaceFlags();

    @Override
    public Integer call() {
        gate.requireShares();
        report.requireUsable();
        Evaluation evaluation = isFile() ? ofFile() : ofJob();
        report.write(evaluation, Clock.systemUTC());
        parent.console()
                .out()
                .println(
                        workspace.json
                                ? new Json().line(evaluation.toMap())
                                : new EvaluationText(evaluation, all).text());
        GateFlags.Verdict verdict = gate.judge(evaluation);
        Terminal terminal = parent.console().terminal();
        verdict.notes()
                .forEach(note -> terminal.err()
                        .println(verdict.met() ? terminal.yellow("note: ") + note : terminal.red("error: ") + note));
        return verdict.met() ? ExitCode.DONE : ExitCode.QUALITY;
    }

    private boolean isFile() {
        if (subject.isEmpty() || Files.isRegularFile(Path.of(subject))) {
            return !subject.isEmpty();
        }
        String name = subject.toLowerCase(Locale.ROOT);
        return (name.endsWith(".csv") || name.endsWith(".tsv")) && !isJob();
    }

    /** Whether a job has been given the name of a file that is not there. */
    private boolean isJob() {
        if (!Files.isDirectory(workspace.workspace)) {
            return false;
        }
        try (CheckpointStore store = JobRunner.existingStore(workspace.workspace)) {
            return Jobs.find(store, subject).isPresent();
        }
    }

    private Evaluation ofFile() {
        CsvSource source = dialect.source(Path.of(subject));
        if (truth == null) {
            throw new ConfigurationException(
                    subject + ": which column holds the right categories? Name it with --truth,"
                            + " which takes one of " + list(FileEvaluation.columns(source)));
        }
        Optional<List<String>> names =
                Optional.ofNullable(categories).map(Taxonomy::load).map(Taxonomy::names);
        return new FileEvaluation(source, truth, Optional.ofNullable(answer), names).evaluate();
    }

    private Evaluation ofJob() {
        requireNothingOfFiles();
        try (CheckpointStore store = JobRunner.existingStore(workspace.workspace)) {
            JobRecord job = subject.isEmpty() ? Jobs.newest(store, any -> true, "job") : Jobs.named(store, subject);
            JobOptions options = JobOptions.of(job.plan());
            Optional<RankedShortlist> shortlist = RankedShortlist.sent(
                    store, job, options.provider(), options.categories(), Providers.oracleOptions(options));
            return new JobEvaluation(store, job, options.source(), truthOf(job), shortlist).evaluate();
        }
    }

    private String truthOf(JobRecord job) {
        String kept = job.plan().launch().getOrDefault(JobOptions.TRUTH_COLUMN, "");
        if (truth == null && kept.isEmpty()) {
            throw new ConfigurationException(
                    "job " + job.id() + " was begun without a column of right categories; name it"
                            + " with --truth, which takes one of "
                            + list(job.plan().profile().columns()));
        }
        return truth == null ? kept : truth;
    }

    private void requireNothingOfFiles() {
        if (spec == null) {
            return;
        }
        List<String> given = OF_FILES.stream()
                .filter(spec.commandLine().getParseResult()::hasMatchedOption)
                .toList();
        if (!given.isEmpty()) {
            throw new ConfigurationException(
                    String.join(", ", given) + ": only for a file; a job knows its categories and"
                            + " how its input is read. To evaluate a file, give its name first");
        }
    }

    private static String list(List<String> columns) {
        return columns.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
    }
}

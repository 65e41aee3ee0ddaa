package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.workspace.LabelSurvey;
import dev.pigeonhole.workspace.LabelledFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code train}: learns from a file whose rows have labels, and writes what was learned to a model file. */
@Command(
        name = "train",
        description = "Learn from a CSV file with labels; write a model for \"run --model\". Calls nobody.",
        footer = {
            "",
            "Examples:",
            "  pigeonhole train labelled.csv --label-column category --out tickets.pgn",
            "  pigeonhole run tickets.csv --model tickets.pgn --min-confidence 0.6"
        })
final class TrainCommand implements Callable<Integer> {
    private static final String ENDING = ".pgn";

    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Mixin
    private LabelledFlags input = new LabelledFlags();

    @Option(
            names = {"-c", "--categories"},
            paramLabel = "FILE",
            description = "The categories, if others or more is known of them than their labels.")
    private @Nullable Path categories;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            defaultValue = "model.pgn",
            description = "The model file. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("model.pgn");

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "What chance decides, another seed decides otherwise. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--force", description = "Replace the model file if it is there.")
    private boolean force;

    @Option(names = "--json", description = "One line of JSON on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(ENDING)) {
            throw new ConfigurationException("--out " + out + ": the name of a model file ends in " + ENDING
                    + ", so that \"run --model\" knows it from the name of a language model");
        }
        NewFile.require(out, force, input.input, categories);
        LabelledFile rows = input.rows();
        LabelSurvey survey = rows.survey();
        Taxonomy taxonomy = taxonomy(survey);
        requireTwo(survey);
        Trained trained = rows.read(taxonomy, texts -> Wiring.train(taxonomy, texts, seed));
        trained.saver().accept(out);
        TrainingReport report = new TrainingReport(trained, survey, out, seed, categories == null);
        Console console = parent.console();
        console.out().println(json ? new Json().line(report.json()) : report.text(console.program()));
        return ExitCode.DONE;
    }

    private Taxonomy taxonomy(LabelSurvey survey) {
        if (categories == null) {
            return survey.taxonomy();
        }
        Taxonomy taxonomy = Taxonomy.load(categories);
        survey.requireKnown(taxonomy, categories.toString());
        return taxonomy;
    }

    private static void requireTwo(LabelSurvey survey) {
        if (survey.labels().size() < 2) {
            throw new ConfigurationException("all rows with a label have the same one, \""
                    + survey.labels().get(0).name() + "\"; to tell categories apart, rows of at least two are needed");
        }
    }
}

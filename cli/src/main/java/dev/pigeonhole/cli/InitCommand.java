package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.file.Disk;
import dev.pigeonhole.core.file.DurableFile;
import dev.pigeonhole.workspace.CategoryTemplate;
import dev.pigeonhole.workspace.LabelSurvey;
import dev.pigeonhole.workspace.LabelledFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code init}: writes a category file, to be filled in, from a file whose rows have labels. */
@Command(
        name = "init",
        description =
                "Write a category file from a CSV file with labels: names, numbers of rows, typical examples. Calls"
                        + " nobody.")
final class InitCommand implements Callable<Integer> {
    private static final int MOST_EXAMPLES = 20;

    @ParentCommand
    private PigeonholeCommand parent = PigeonholeCommand.unset();

    @Mixin
    private LabelledFlags input = new LabelledFlags();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            defaultValue = "categories.yaml",
            description = "The category file, in YAML. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("categories.yaml");

    @Option(
            names = {"-n", "--examples"},
            paramLabel = "N",
            defaultValue = "3",
            description = "Examples of a category at most, 0 for none. Default: ${DEFAULT-VALUE}.")
    private int examples = 3;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Override
    public Integer call() {
        if (examples < 0 || examples > MOST_EXAMPLES) {
            throw new ConfigurationException("--examples must be from 0 to " + MOST_EXAMPLES + ", was " + examples);
        }
        requireYaml();
        NewFile.require(out, force, input.input);
        LabelledFile rows = input.rows();
        LabelSurvey survey = rows.survey();
        String yaml = CategoryTemplate.of(rows, survey, examples);
        Taxonomy.parse(String.valueOf(out.getFileName()), yaml);
        write(yaml);
        parent.console().out().println(SurveyText.of(survey) + next());
        return ExitCode.DONE;
    }

    private void requireYaml() {
        String name = out.toString();
        if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
            throw new ConfigurationException(
                    "--out " + name + ": the file is written in YAML, so its name must end in" + " .yaml");
        }
    }

    private void write(String yaml) {
        try (DurableFile file = DurableFile.create(Disk.real(), out, out.resolveSibling(out.getFileName() + ".part"))) {
            file.write(yaml);
            file.seal();
            file.publish();
        }
    }

    private String next() {
        return Plain.field(11, "written", Plain.text(out.toString()))
                + Plain.field(
                                11,
                                "next",
                                "fill in the descriptions, then "
                                        + parent.console().program() + " run INPUT.csv --categories "
                                        + Plain.word(out.toString()))
                        .stripTrailing();
    }
}

package dev.pigeonhole.workspace;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.file.RealPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All that can be found wrong before a workspace and a log are made for nothing. Stateless. */
public final class LaunchCheck {
    /** Where the web page keeps what a job is made from, and its result. */
    public static final String DRAFTS = "drafts";

    /** Folders of a workspace in which results may be. */
    private static final List<String> FOLDERS_OF_RESULTS = List.of(TrialFiles.FOLDER, DRAFTS);

    private static final String MODEL_FILE = ".pgn";

    private LaunchCheck() {}

    /** Refuses what cannot be run; returns the categories. */
    public static Taxonomy requireUsable(JobOptions options, Path workspace) {
        if (!Files.exists(options.input())) {
            throw new InputException("input file " + options.input() + ": no such file");
        }
        if (Files.isDirectory(options.input())) {
            throw new InputException("input " + options.input() + ": this is a folder; name a CSV file");
        }
        requireFolder(workspace);
        requireHarmlessOutput(options, workspace);
        options.source();
        options.settings();
        Providers.named(options.provider());
        return options.taxonomy();
    }

    /** What is replaced at the end must not be what the job, or other jobs, live on. */
    private static void requireHarmlessOutput(JobOptions options, Path workspace) {
        Path output = RealPath.of(options.output());
        requireNot(output, options.categories(), "the category file");
        requireNot(output, modelFile(options), "the model file");
        Path folder = RealPath.of(workspace);
        if (output.startsWith(folder)
                && FOLDERS_OF_RESULTS.stream().noneMatch(own -> output.startsWith(folder.resolve(own)))) {
            throw new ConfigurationException("the output " + output
                    + " is in the workspace, which is the program's own; name another place with --output");
        }
    }

    /** The name of a language model may hold what no path may. */
    private static Optional<Path> modelFile(JobOptions options) {
        return Optional.ofNullable(options.providerOptions().get(JobOptions.MODEL))
                .filter(model -> model.endsWith(MODEL_FILE))
                .map(Path::of);
    }

    private static void requireNot(Path output, Optional<Path> file, String what) {
        if (file.map(RealPath::of).filter(output::equals).isPresent()) {
            throw new ConfigurationException(
                    "the output " + output + " is " + what + "; name another file with --output");
        }
    }

    public static void requireFolder(Path workspace) {
        Path nearest = workspace.toAbsolutePath().normalize();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            throw new ConfigurationException("the workspace " + workspace + " cannot be a folder, because " + nearest
                    + " is a file; name another place with --workspace");
        }
    }
}

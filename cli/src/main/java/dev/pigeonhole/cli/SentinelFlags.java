package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.workspace.SentinelOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rows are known already, so that they can tell how right the answers are while a job runs. Filled by picocli. */
final class SentinelFlags {
    enum Sentinels {
        AUTO,
        OFF
    }

    @Option(
            names = "--truth",
            paramLabel = "COL",
            defaultValue = "",
            description = "The column of right categories, as far as they are known: some of these rows ride along as"
                    + " sentinels. A column of the input, or of the file that --gold names.")
    private String truth = "";

    @Option(
            names = "--gold",
            paramLabel = "FILE",
            description = "A CSV file of rows whose right category is known, in the column --truth.")
    private @Nullable Path gold;

    @Option(
            names = "--sentinels",
            paramLabel = "auto|off",
            defaultValue = "auto",
            description =
                    "Let known rows ride along in a language model's questions, about one for every 40 rows, and pause"
                            + " the job if their answers become bad. Default: auto, if there are known rows.")
    private Sentinels sentinels = Sentinels.AUTO;

    @Option(
            names = "--sentinel-floor",
            paramLabel = "X",
            description = "From 0 to 1: pause the job if surely less than this share of them is answered rightly.")
    private @Nullable Double floor;

    /**
     * What was asked for.
     *
     * @param provider who categorizes
     * @throws ConfigurationException it makes no sense
     */
    SentinelOptions options(String provider, int subBatchSize) {
        GateFlags.requireShare("--sentinel-floor", floor);
        boolean free = provider.equals("local");
        if (free && (gold != null || floor != null)) {
            throw new ConfigurationException("the provider local is not watched while it runs, so it has no --"
                    + (gold != null ? "gold" : "sentinel-floor")
                    + "; evaluate says how right its answers are, or name a language model with --model");
        }
        SentinelOptions options = new SentinelOptions(
                truth,
                Optional.ofNullable(gold),
                !truth.isEmpty() && !free && sentinels == Sentinels.AUTO,
                floor == null ? OptionalDouble.empty() : OptionalDouble.of(floor));
        options.requireUsable(subBatchSize);
        return options;
    }
}

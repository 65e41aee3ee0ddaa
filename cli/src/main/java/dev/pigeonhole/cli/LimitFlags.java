package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.MissingKeyException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.workspace.JobOptions;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a provider may use: fixed by the command, not by the job, so each run can have its own. Filled by picocli. */
final class LimitFlags {
    @Option(
            names = "--rpm",
            paramLabel = "N",
            description = "Calls a minute at most. Default: what the provider tells.")
    private @Nullable Long rpm;

    @Option(
            names = "--tpm",
            paramLabel = "N",
            description = "Tokens a minute at most. Default: what the provider tells.")
    private @Nullable Long tpm;

    @Option(
            names = "--max-cost",
            paramLabel = "USD",
            description = "The most that the job may cost, all runs together. There it pauses.")
    private @Nullable BigDecimal maxCost;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A file that holds the key, and that only you can read. Default: the environment.")
    private @Nullable Path keyFile;

    @Option(
            names = "--lane",
            paramLabel = "sync|batch",
            description =
                    "batch: questions go through the provider's batch API, at about half the price, and take up to"
                            + " a day. Default: sync, each question is answered at once.")
    private @Nullable String lane;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description =
                    "How long batches may take, such as 6h or 90m, from the first question on. What is left then is"
                            + " asked at once. Default: as long as they take.")
    private @Nullable String deadline;

    /** The flags that were given, as options of a provider. */
    SortedMap<String, String> given() {
        SortedMap<String, String> options = new TreeMap<>();
        put(options, "rpm", rpm);
        put(options, "tpm", tpm);
        if (maxCost != null) {
            options.put(JobOptions.MAX_COST, dollars(maxCost).toPlainString());
        }
        putText(options, "lane", lane);
        putText(options, "deadline", deadline);
        if (keyFile != null) {
            options.put("key-file", existing(keyFile).toString());
        }
        return options;
    }

    private static void putText(SortedMap<String, String> options, String name, @Nullable String text) {
        if (text != null) {
            options.put(name, text);
        }
    }

    private static void put(SortedMap<String, String> options, String name, @Nullable Long number) {
        if (number == null) {
            return;
        }
        if (number < 0) {
            throw new ConfigurationException("--" + name + " must be at least 0, was " + number);
        }
        options.put(name, number.toString());
    }

    private static BigDecimal dollars(BigDecimal amount) {
        try {
            if (amount.signum() > 0 && Money.dollars(amount).picodollars() > 0) {
                return amount;
            }
        } catch (ArithmeticException e) {
            throw new ConfigurationException(
                    "--max-cost must be less than nine million US dollars, with at most twelve decimals", e);
        }
        throw new ConfigurationException("--max-cost must be more than 0 US dollars");
    }

    /** Kept as an absolute path: a job may be resumed from elsewhere. What is no file may be the key itself, so it is not shown. */
    private static Path existing(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new MissingKeyException(
                    "--key-file does not name a file; it takes the path of a file that holds the key and nothing else");
        }
        return file.toAbsolutePath().normalize();
    }
}

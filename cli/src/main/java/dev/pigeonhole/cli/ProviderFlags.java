package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.file.RealPath;
import dev.pigeonhole.workspace.JobOptions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who categorizes, and how; shared by the commands that begin a job or foretell one. Filled by picocli. */
final class ProviderFlags {
    /** The option of a provider that holds the wanted agreement. */
    static final String CASCADE = "cascade";

    private static final String LOCAL = "local";
    private static final String OPENAI = "openai";
    private static final String MIN_CONFIDENCE = "min-confidence";
    private static final String MODEL_FILE = ".pgn";
    private static final Set<String> OF_LOCAL = Set.of(JobOptions.MODEL, MIN_CONFIDENCE);
    private static final Set<String> SECRETS =
            Set.of("key", "apikey", "openaiapikey", "token", "accesstoken", "secret", "password", "authorization");

    @Option(
            names = {"-p", "--provider"},
            paramLabel = "NAME",
            defaultValue = "",
            description =
                    "Who categorizes. Default: openai if --model names a language model, else local, which needs no"
                            + " key.")
    private String provider = "";

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "The language model; or a file *.pgn that train has written, which needs no key.")
    private String model = "";

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            defaultValue = "",
            description = "The server, if it is not OpenAI's own: any that speaks its protocol.")
    private String baseUrl = "";

    @Option(
            names = "--min-confidence",
            paramLabel = "X",
            defaultValue = "",
            description = "From 0 to 1: a row about which local is less sure ends unmatched.")
    private String minConfidence = "";

    @Mixin
    private LimitFlags limits = new LimitFlags();

    @Option(names = "--fresh", description = "Do not use answers that other jobs have paid for.")
    private boolean fresh;

    @Option(
            names = "--hints",
            paramLabel = "auto|on|off",
            defaultValue = "",
            description = "Show the language model five candidates for each row, guessed on this machine."
                    + " Default: auto, with more than 50 categories.")
    private String hints = "";

    @Option(
            names = "--cascade",
            paramLabel = "SHARE",
            defaultValue = "",
            description =
                    "Ask the language model only about as many rows as it takes for this share of all rows, such as"
                            + " 0.95, to get the category that it would give; a classifier that learns from its answers does the"
                            + " others on this machine.")
    private String cascade = "";

    @Option(
            names = "--cascade-seed",
            paramLabel = "N",
            defaultValue = "",
            description = "Draws the rows that the cascade asks about; a whole number. Default: 1.")
    private String cascadeSeed = "";

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "A setting of the provider; give it again for more.")
    private Map<String, String> options = new TreeMap<>();

    String provider() {
        if (provider.isEmpty()) {
            return model.isEmpty() || isFile(model) ? LOCAL : OPENAI;
        }
        return provider;
    }

    /** Whether nobody is called: each row is looked at by itself, on this machine. */
    boolean isLocal() {
        return provider().equals(LOCAL);
    }

    /**
     * Makes these the flags of a comparison of language models.
     *
     * @param first of the models
     * @throws ConfigurationException the flags are of one model
     */
    void compareFrom(String first) {
        if (!model.isEmpty()) {
            throw new ConfigurationException("--model and --models say different things; give one of them");
        }
        model = first;
        if (provider().equals(LOCAL)) {
            throw new ConfigurationException("--models compares language models, and " + Plain.text(first)
                    + " would be asked of the provider local, which calls nobody; leave --provider local out, and files"
                    + " *.pgn too");
        }
    }

    /**
     * All settings of the provider.
     *
     * @throws ConfigurationException one is given twice, is a secret, or makes no sense for this provider
     */
    SortedMap<String, String> options() {
        requireNoSecret();
        SortedMap<String, String> all = flags();
        requireFlagsSuit(provider(), all);
        requireProviderSuitsModel();
        for (Map.Entry<String, String> option : options.entrySet()) {
            if (all.putIfAbsent(option.getKey(), option.getValue()) != null) {
                throw new ConfigurationException("--" + option.getKey() + " and --option " + option.getKey()
                        + "=... say the same thing twice; give one of them");
            }
        }
        return all;
    }

    private SortedMap<String, String> flags() {
        SortedMap<String, String> flags = limits.given();
        if (!model.isEmpty()) {
            flags.put(
                    JobOptions.MODEL,
                    provider().equals(LOCAL) ? RealPath.of(file(model)).toString() : model);
        }
        if (!minConfidence.isEmpty()) {
            flags.put(MIN_CONFIDENCE, minConfidence);
        }
        if (!baseUrl.isEmpty()) {
            flags.put("base-url", baseUrl);
        }
        if (fresh) {
            flags.put("fresh", "true");
        }
        if (!hints.isEmpty()) {
            flags.put("hints", hints);
        }
        if (!cascade.isEmpty()) {
            flags.put(CASCADE, cascade);
        }
        if (!cascadeSeed.isEmpty()) {
            flags.put("cascade-seed", cascadeSeed);
        }
        return flags;
    }

    /** Flags about money and limits are no use to a provider that calls nobody. */
    static void requireFlagsSuit(String provider, SortedMap<String, String> flags) {
        if (!provider.equals(LOCAL)) {
            return;
        }
        List<String> useless =
                flags.keySet().stream().filter(flag -> !OF_LOCAL.contains(flag)).toList();
        if (!useless.isEmpty()) {
            throw new ConfigurationException("the provider local calls nobody, so it has no --"
                    + String.join(", --", useless) + "; name a language model with --model");
        }
    }

    private void requireProviderSuitsModel() {
        if (provider().equals(OPENAI) && isFile(model)) {
            throw new ConfigurationException("--model " + Plain.text(model)
                    + " is a file of the provider local, not a language model; leave --provider out, or name another"
                    + " model");
        }
        if (provider.isEmpty() && baseUrl.isEmpty() && provider().equals(OPENAI) && isThere(model)) {
            throw new ConfigurationException("--model " + Plain.text(model)
                    + " is a file here, but not a model file: such"
                    + " a name ends in " + MODEL_FILE + ", and train makes one. If it is the name of a language model"
                    + " too, add --provider openai");
        }
    }

    private static boolean isThere(String model) {
        try {
            return Files.isRegularFile(Path.of(model));
        } catch (InvalidPathException e) {
            return false; // No file has such a name.
        }
    }

    private static boolean isFile(String model) {
        return model.toLowerCase(Locale.ROOT).endsWith(MODEL_FILE);
    }

    /** Kept as an absolute path: a job may be resumed from elsewhere. */
    private static Path file(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new ConfigurationException("--model " + Plain.text(name) + " is not the name of a file", e);
        }
    }

    /** Arguments of a process can be seen by all users of a machine, and options are kept with the job. */
    private void requireNoSecret() {
        for (String name : options.keySet()) {
            if (SECRETS.contains(name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", ""))) {
                throw new ConfigurationException("a key is never an option: others could see it. Put it into the"
                        + " environment variable OPENAI_API_KEY, or into a file that only you can read, and name that with"
                        + " --key-file");
            }
        }
    }
}

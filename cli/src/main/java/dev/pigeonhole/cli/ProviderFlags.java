package dev.pigeonhole.cli;

import dev.pigeonhole.core.ConfigurationException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who categorizes, and how; shared by the commands that begin a job or foretell one. Filled by picocli. */
final class ProviderFlags {
    private static final String LOCAL = "local";
    private static final String OPENAI = "openai";
    private static final Set<String> SECRETS =
            Set.of("key", "apikey", "openaiapikey", "token", "accesstoken", "secret", "password", "authorization");

    @Option(
            names = {"-p", "--provider"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "Who categorizes. Default: openai if --model is given, else local, which needs no key.")
    private String provider = "";

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "The language model.")
    private String model = "";

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            defaultValue = "",
            description = "The server, if it is not OpenAI's own: any that speaks its protocol.")
    private String baseUrl = "";

    @Mixin
    private LimitFlags limits = new LimitFlags();

    @Option(names = "--fresh", description = "Do not use answers that other jobs have paid for.")
    private boolean fresh;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "A setting of the provider; give it again for more.")
    private Map<String, String> options = new TreeMap<>();

    String provider() {
        if (provider.isEmpty()) {
            return model.isEmpty() ? LOCAL : OPENAI;
        }
        return provider;
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
            flags.put("model", model);
        }
        if (!baseUrl.isEmpty()) {
            flags.put("base-url", baseUrl);
        }
        if (fresh) {
            flags.put("fresh", "true");
        }
        return flags;
    }

    /** Flags about money, limits and models are no use to a provider that calls nobody. */
    static void requireFlagsSuit(String provider, SortedMap<String, String> flags) {
        if (provider.equals(LOCAL) && !flags.isEmpty()) {
            throw new ConfigurationException("the provider local calls nobody, so it has no --"
                    + String.join(", --", flags.keySet()) + "; name a language model with --model");
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

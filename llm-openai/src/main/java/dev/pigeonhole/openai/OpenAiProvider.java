package dev.pigeonhole.openai;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.categorize.Estimator;
import dev.pigeonhole.core.categorize.PromptMessage;
import dev.pigeonhole.llm.LlmCategorizer;
import dev.pigeonhole.llm.LlmSettings;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes categorizers that ask OpenAI, Azure, or any server that speaks the same protocol. Immutable. Its options, besides those of
 * {@link LlmSettings}:
 *
 * <ul>
 *   <li>{@code model}: its name; for Azure that of the deployment
 *   <li>{@code base-url}: all of the address before {@code /chat/completions}; else OPENAI_BASE_URL, else OpenAI's. {@code https},
 *       or {@code http} to this machine
 *   <li>{@code key-file}: a file that holds the key and that only its owner can read; else OPENAI_API_KEY, or for Azure
 *       AZURE_OPENAI_API_KEY. There is no option for the key itself. Servers on this machine need none
 *   <li>{@code organization}, {@code project}: else OPENAI_ORG_ID, OPENAI_PROJECT_ID
 *   <li>{@code proxy}: {@code http://HOST:PORT}; proxies that are set for Java or the system as a whole are not asked
 *   <li>{@code temperature}: 0 to 2; else 0, or the model's own if it reasons
 *   <li>{@code reasoning}: how much the model is to reason, or {@code default}; else as little as it can
 *   <li>{@code azure-api-version}: else Azure's address without versions is used
 * </ul>
 */
public final class OpenAiProvider implements CategorizerProvider {
    /** What users try when they want to give the key itself. */
    private static final Set<String> KEYS =
            Set.of("key", "apikey", "openaiapikey", "token", "secret", "password", "bearer");

    private final Map<String, String> environment;

    /** With the environment of this process. For {@link java.util.ServiceLoader}. */
    public OpenAiProvider() {
        this(System.getenv());
    }

    /**
     * @param environment where keys and addresses are looked for
     */
    public OpenAiProvider(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String name() {
        return "openai";
    }

    /**
     * @throws dev.pigeonhole.core.MissingKeyException there is no key
     * @throws ConfigurationException an option is wrong
     */
    @Override
    public Categorizer create(Taxonomy taxonomy, Map<String, String> options) {
        return create(taxonomy, options, settings -> ApiKey.find(settings, environment));
    }

    /** Reads answers only, so it needs no key. */
    @Override
    public Categorizer reader(Taxonomy taxonomy, Map<String, String> options) {
        return create(taxonomy, options, settings -> ApiKey.NONE_NEEDED);
    }

    private Categorizer create(
            Taxonomy taxonomy, Map<String, String> options, Function<OpenAiSettings, ApiKey> keyFor) {
        requireKnown(options.keySet());
        OpenAiSettings settings = OpenAiSettings.of(options, environment);
        LlmSettings common = LlmSettings.of(options);
        ApiKey key = keyFor.apply(settings);
        return LlmCategorizer.of(new OpenAiChatModel(settings, key, Clock.systemUTC()), taxonomy, common);
    }

    @Override
    public Optional<Estimator> estimator(Taxonomy taxonomy, Map<String, String> options) {
        requireKnown(options.keySet());
        OpenAiSettings settings = OpenAiSettings.of(options, environment);
        return Optional.of(
                LlmCategorizer.estimator(settings.model(), settings.fingerprint(), taxonomy, LlmSettings.of(options)));
    }

    @Override
    public List<PromptMessage> prompt(Taxonomy taxonomy, Map<String, String> options, List<Item> items) {
        requireKnown(options.keySet());
        OpenAiSettings settings = OpenAiSettings.of(options, environment);
        return LlmCategorizer.prompt(settings.model(), taxonomy, LlmSettings.of(options), items);
    }

    @Override
    public int candidates(Taxonomy taxonomy, Map<String, String> options) {
        return LlmCategorizer.candidates(taxonomy, options);
    }

    private static void requireKnown(Set<String> options) {
        Set<String> known = new TreeSet<>(OpenAiSettings.OPTIONS);
        known.addAll(LlmSettings.KEYS);
        for (String option : options) {
            if (isKey(option)) {
                throw new ConfigurationException(
                        "the key is not taken as an option, because all users of a machine can see"
                                + " the arguments of a process; set the environment variable OPENAI_API_KEY"
                                + " (AZURE_OPENAI_API_KEY for Azure), or name a file with the option key-file");
            } else if (!known.contains(option)) {
                throw new ConfigurationException("the provider openai has no option \"" + option + "\""
                        + Suggestion.hint(option, known) + "; it has: " + String.join(", ", known));
            }
        }
    }

    private static boolean isKey(String option) {
        return KEYS.contains(option.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
    }
}

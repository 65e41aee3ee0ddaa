package dev.pigeonhole.openai;

import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import java.util.HashMap;
import java.util.Map;

/** Makes categorizers that ask OpenAI, for programs that embed the library. Stateless. */
public final class OpenAiCategorizer {
    private OpenAiCategorizer() {}

    /**
     * Takes key and address from the environment: OPENAI_API_KEY, OPENAI_BASE_URL.
     *
     * @throws dev.pigeonhole.core.MissingKeyException there is no key
     * @throws dev.pigeonhole.core.ConfigurationException the environment is wrong
     */
    public static Categorizer fromEnvironment(String model, Taxonomy taxonomy) {
        return fromEnvironment(model, taxonomy, Map.of());
    }

    /**
     * The same with options of {@link OpenAiProvider}.
     *
     * @throws dev.pigeonhole.core.MissingKeyException there is no key
     * @throws dev.pigeonhole.core.ConfigurationException an option or the environment is wrong
     */
    public static Categorizer fromEnvironment(String model, Taxonomy taxonomy, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("model", model);
        return new OpenAiProvider().create(taxonomy, all);
    }
}

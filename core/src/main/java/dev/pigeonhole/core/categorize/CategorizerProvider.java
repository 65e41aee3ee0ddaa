package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Taxonomy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Makes categorizers of one kind; found by name with {@link ServiceLoader}, so that putting a jar on the class path is all that
 * another provider takes. Stateless.
 */
public interface CategorizerProvider {
    /** The name users choose it by: lower case, {@code local}, {@code openai}. */
    String name();

    /**
     * Makes a categorizer. May take seconds, for training.
     *
     * @param taxonomy the categories to choose from
     * @param options provider's own settings by name; a key it does not know is an error
     * @throws dev.pigeonhole.core.ConfigurationException options are wrong or something is missing, such as a key
     */
    Categorizer create(Taxonomy taxonomy, Map<String, String> options);

    /**
     * Makes a categorizer that may learn from the texts that it will be asked about. Another input may then get other answers to the
     * same text, the same input never. May take seconds.
     *
     * @throws dev.pigeonhole.core.ConfigurationException options are wrong or something is missing, such as a key
     */
    default Categorizer createFor(InputTexts texts, Taxonomy taxonomy, Map<String, String> options) {
        return create(taxonomy, options);
    }

    /**
     * The categories that the options bring with them, such as those that a model was trained for.
     *
     * @throws dev.pigeonhole.core.ConfigurationException options are wrong
     */
    default Optional<Taxonomy> taxonomy(Map<String, String> options) {
        return Optional.empty();
    }

    /**
     * Makes a categorizer that only reads answers which were paid for, with {@link Conversation#read}, and calls nobody; so it needs
     * no key. Its fingerprint is the same.
     *
     * @throws dev.pigeonhole.core.ConfigurationException options are wrong
     */
    default Categorizer reader(Taxonomy taxonomy, Map<String, String> options) {
        return create(taxonomy, options);
    }

    /**
     * Makes what {@link #reader} makes, for a provider that learns from the input: its fingerprint is that of {@link #createFor}.
     *
     * @throws dev.pigeonhole.core.ConfigurationException options are wrong
     */
    default Categorizer readerFor(InputTexts texts, Taxonomy taxonomy, Map<String, String> options) {
        return reader(taxonomy, options);
    }

    /**
     * Foretells what a job costs. Calls nobody, and needs no key.
     *
     * @throws dev.pigeonhole.core.ConfigurationException options are wrong
     */
    default Optional<Estimator> estimator(Taxonomy taxonomy, Map<String, String> options) {
        return Optional.empty();
    }

    /**
     * What would be sent to be asked about these items, for a person to read; a random word in it differs from call to call. Calls
     * nobody, and needs no key.
     *
     * @param items of one sub-batch, not empty; if they are asked about in several calls, the first of these is shown
     * @return in the order of the request; empty if nothing is sent anywhere
     * @throws dev.pigeonhole.core.ConfigurationException options are wrong
     */
    default List<PromptMessage> prompt(Taxonomy taxonomy, Map<String, String> options, List<Item> items) {
        return List.of();
    }

    /**
     * How many candidates a categorizer shows with each item, as a {@link Ranker} guesses them; 0 if it shows none.
     *
     * @throws dev.pigeonhole.core.ConfigurationException options are wrong
     */
    default int candidates(Taxonomy taxonomy, Map<String, String> options) {
        return 0;
    }

    /**
     * All providers on the class path, by name.
     *
     * @throws ConfigurationException a jar names a provider that cannot be made
     */
    static List<CategorizerProvider> all() {
        try {
            return ServiceLoader.load(CategorizerProvider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .sorted(Comparator.comparing(CategorizerProvider::name))
                    .toList();
        } catch (ServiceConfigurationError e) {
            throw new ConfigurationException("a provider on the class path cannot be used: " + e.getMessage(), e);
        }
    }
}

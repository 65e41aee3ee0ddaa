package dev.pigeonhole.local;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.categorize.InputTexts;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link LocalCategorizer}s. Stateless. Its options:
 *
 * <ul>
 *   <li>{@value #MIN_CONFIDENCE}: the least confidence, from 0 to 1, with which a row gets a category; if not given, 0, or what suits the
 *       model.
 *   <li>{@value TrainedModel#OPTION}: the file of a {@link LocalModel} that answers; it brings its categories. Nothing is learned then.
 *   <li>{@value #SELF_TRAINING}: whether it learns from the input itself, without being told any category: {@code on}, {@code off}, or
 *       {@code auto}, if not given. {@code auto} is on up to 20 examples a category on average, if fewer than half of the categories have a description or keywords and the
 *       input has 100 different texts. On Banking77 it made 9 points of
 *       accuracy with names alone, 8 with one example a category, 4 with five, 2 with ten, 1 with twenty; beyond, it costs time only.
 * </ul>
 */
public final class LocalProvider implements CategorizerProvider {
    private static final String MIN_CONFIDENCE = "min-confidence";
    private static final String SELF_TRAINING = "self-training";
    private static final Set<String> OPTIONS = Set.of(MIN_CONFIDENCE, TrainedModel.OPTION, SELF_TRAINING);

    /** For {@link java.util.ServiceLoader}. */
    public LocalProvider() {}

    @Override
    public String name() {
        return "local";
    }

    @Override
    public Categorizer create(Taxonomy taxonomy, Map<String, String> options) {
        return createFor(InputTexts.NONE, taxonomy, options);
    }

    @Override
    public Categorizer createFor(InputTexts texts, Taxonomy taxonomy, Map<String, String> options) {
        for (String option : options.keySet()) {
            if (!OPTIONS.contains(option)) {
                throw new ConfigurationException("the local categorizer has no option \"" + option + "\""
                        + Suggestion.hint(option, OPTIONS) + "; it has: "
                        + String.join(", ", OPTIONS.stream().sorted().toList()));
            }
        }
        String least = options.get(MIN_CONFIDENCE);
        OptionalDouble minConfidence = least == null ? OptionalDouble.empty() : OptionalDouble.of(minConfidence(least));
        SelfTrainingChoice choice = SelfTrainingChoice.of(options.getOrDefault(SELF_TRAINING, "auto"));
        String model = options.get(TrainedModel.OPTION);
        if (model != null) {
            return TrainedModel.at(model).categorizer(taxonomy, minConfidence);
        }
        return LocalCategorizer.of(taxonomy, minConfidence.orElse(0), choice.input(texts, taxonomy));
    }

    @Override
    public Categorizer readerFor(InputTexts texts, Taxonomy taxonomy, Map<String, String> options) {
        return createFor(texts, taxonomy, options);
    }

    @Override
    public Optional<Taxonomy> taxonomy(Map<String, String> options) {
        return Optional.ofNullable(options.get(TrainedModel.OPTION))
                .map(model -> TrainedModel.at(model).taxonomy());
    }

    private static double minConfidence(String text) {
        try {
            double threshold = Double.parseDouble(text);
            if (threshold >= 0 && threshold <= 1) {
                return threshold;
            }
        } catch (NumberFormatException e) {
            throw wrongMinConfidence(text, e);
        }
        throw wrongMinConfidence(text, null);
    }

    private static ConfigurationException wrongMinConfidence(String text, @Nullable Throwable cause) {
        return new ConfigurationException(
                MIN_CONFIDENCE + " must be a number from 0 to 1, was \"" + text + "\"", cause);
    }
}

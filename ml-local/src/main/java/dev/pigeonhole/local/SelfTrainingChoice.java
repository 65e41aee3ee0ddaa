package dev.pigeonhole.local;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.InputTexts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whether the user wants the categorizer to learn from the input. */
enum SelfTrainingChoice {
    AUTO,
    ON,
    OFF;

    /** On Banking77 self-training makes one point of accuracy with so many, and less with more. */
    private static final int MOST_EXAMPLES = 20;

    static SelfTrainingChoice of(String text) {
        return Arrays.stream(values())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new ConfigurationException("self-training must be auto, on or off, was \"" + text + "\""));
    }

    /** Of a few texts there is nothing to learn: each would be sorted into the category that has got least. */
    private static final int LEAST_TEXTS = 100;

    /** Room for 2,000 texts of 200 characters; leaves a heap of 64 MB enough for the rest. */
    private static final long MOST_CHARACTERS = 400_000;

    /** The texts to learn from; none if nothing is to be learned. */
    List<String> input(InputTexts texts, Taxonomy taxonomy) {
        if (!isOn(taxonomy)) {
            return List.of();
        }
        List<String> input = sample(texts);
        return this == AUTO && input.size() < LEAST_TEXTS ? List.of() : input;
    }

    /** Fewer where they are long: what is learned from them takes fifty times the room of the texts. */
    private static List<String> sample(InputTexts texts) {
        List<String> input = texts.sample(LocalCategorizer.MOST_INPUT);
        long characters = input.stream().mapToLong(String::length).sum();
        return characters <= MOST_CHARACTERS
                ? input
                : texts.sample((int) Math.max(1, input.size() * MOST_CHARACTERS / characters));
    }

    private boolean isOn(Taxonomy taxonomy) {
        return switch (this) {
            case ON -> true;
            case OFF -> false;
            case AUTO ->
                examples(taxonomy) <= MOST_EXAMPLES * taxonomy.categories().size() && !isDescribed(taxonomy);
        };
    }

    /**
     * Whether at least half of the categories have a description or keywords. On Banking77 self-training adds one point then, takes
     * most of the time, and makes the confidence less honest; where one topic fills the input it loses eight points.
     */
    private static boolean isDescribed(Taxonomy taxonomy) {
        long described = taxonomy.categories().stream()
                .filter(category -> !category.description().isBlank()
                        || !category.keywords().isEmpty())
                .count();
        return 2 * described >= taxonomy.categories().size();
    }

    private static int examples(Taxonomy taxonomy) {
        return taxonomy.categories().stream()
                .mapToInt(category -> category.examples().size())
                .sum();
    }
}

package dev.pigeonhole.local;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.LabelledText;
import dev.pigeonhole.core.Suggestion;
import dev.pigeonhole.core.Taxonomy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a taxonomy says, as texts to learn from: each category's name with its keywords is one, its description one, each of its
 * examples one; and so is each text of which the category is known. Immutable.
 *
 * @param texts in the order of the taxonomy; blank ones are left out
 * @param categories for each text the number of its category, from 0
 * @param examples how many of the texts are examples, not what a category is called
 */
record Lesson(List<String> texts, List<Integer> categories, int examples) {
    static Lesson of(Taxonomy taxonomy, List<LabelledText> known) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        taxonomy.categories().forEach(category -> texts.put(category.name(), texts(category)));
        int said = size(texts);
        taxonomy.categories().forEach(category -> find(texts, category.name()).addAll(present(category.examples())));
        known.forEach(text -> find(texts, text.category()).addAll(present(List.of(text.text()))));
        List<Integer> numbers = new ArrayList<>();
        for (List<String> ofCategory : texts.values()) {
            int number = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1) + 1;
            ofCategory.forEach(text -> numbers.add(number));
        }
        return new Lesson(
                texts.values().stream().flatMap(List::stream).toList(), List.copyOf(numbers), size(texts) - said);
    }

    private static int size(Map<String, List<String>> texts) {
        return texts.values().stream().mapToInt(List::size).sum();
    }

    private static List<String> find(Map<String, List<String>> texts, String category) {
        List<String> found = texts.get(category);
        if (found == null) {
            throw new ConfigurationException("a text is known to be of category \"" + category
                    + "\", which is not one of the categories" + Suggestion.hint(category, texts.keySet()));
        }
        return found;
    }

    private static List<String> present(List<String> texts) {
        return texts.stream().filter(text -> !text.isBlank()).toList();
    }

    boolean hasExamples() {
        return examples > 0;
    }

    /** The name and the keywords: words of which the user has said that they speak for the category. */
    static String declared(Category category) {
        String spaced = spaced(category.name());
        String name = spaced.equals(category.name()) ? spaced : category.name() + " " + spaced;
        return name + " " + String.join(" ", category.keywords());
    }

    private static List<String> texts(Category category) {
        List<String> texts = new ArrayList<>(List.of(declared(category)));
        texts.addAll(present(List.of(category.description())));
        return texts;
    }

    /** {@code CardArrival} as {@code Card Arrival}. */
    private static String spaced(String name) {
        StringBuilder spaced = new StringBuilder();
        int before = ' ';
        for (int c : name.codePoints().toArray()) {
            if (Character.isLowerCase(before) && Character.isUpperCase(c)) {
                spaced.append(' ');
            }
            spaced.appendCodePoint(c);
            before = c;
        }
        return spaced.toString();
    }
}

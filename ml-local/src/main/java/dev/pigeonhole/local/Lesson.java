package dev.pigeonhole.local;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Taxonomy;
import java.util.ArrayList;
import java.util.List;

/**
 * What a taxonomy says, as texts to learn from: each category's name with its keywords is one, its description one, each of its
 * examples one. Immutable.
 *
 * @param texts in the order of the taxonomy; blank ones are left out
 * @param categories for each text the number of its category, from 0
 */
record Lesson(List<String> texts, List<Integer> categories) {
    static Lesson of(Taxonomy taxonomy) {
        List<String> texts = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < taxonomy.categories().size(); number++) {
            for (String text : texts(taxonomy.categories().get(number))) {
                texts.add(text);
                numbers.add(number);
            }
        }
        return new Lesson(List.copyOf(texts), List.copyOf(numbers));
    }

    /** The name and the keywords: words of which the user has said that they speak for the category. */
    static String declared(Category category) {
        String spaced = spaced(category.name());
        String name = spaced.equals(category.name()) ? spaced : category.name() + " " + spaced;
        return name + " " + String.join(" ", category.keywords());
    }

    private static List<String> texts(Category category) {
        List<String> texts = new ArrayList<>();
        texts.add(declared(category));
        if (!category.description().isBlank()) {
            texts.add(category.description());
        }
        category.examples().stream().filter(example -> !example.isBlank()).forEach(texts::add);
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

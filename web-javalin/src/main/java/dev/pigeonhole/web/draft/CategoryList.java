package dev.pigeonhole.web.draft;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.Taxonomy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Categories while they are being written: unlike a {@link Taxonomy}, there may be none yet. Immutable. */
record CategoryList(String task, boolean allowUnmatched, List<Category> categories) {
    static final CategoryList NONE = new CategoryList("", true, List.of());

    private static final int MOST_TEXT = 20_000;
    private static final int MOST_TEXTS = 1_000;

    /** Longest example that is taken from a row. */
    static final int MOST_EXAMPLE = 1_000;

    CategoryList {
        categories = List.copyOf(categories);
    }

    static CategoryList of(Taxonomy taxonomy) {
        return new CategoryList(taxonomy.task(), taxonomy.allowUnmatched(), taxonomy.categories());
    }

    static CategoryList of(Fields fields) {
        List<Category> categories = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (Fields each : fields.objects("categories", Taxonomy.MAX_CATEGORIES)) {
            category(each).ifPresent(category -> {
                String other = seen.put(fold(category.name()), category.name());
                if (other != null) {
                    each.wrong("name", "there is a category \"" + other + "\" already");
                }
                categories.add(category);
            });
        }
        CategoryList list = new CategoryList(
                fields.text("task", "", MOST_TEXT).strip(), fields.flag("allowUnmatched", true), categories);
        fields.end();
        if (fields.isFine() && !categories.isEmpty()) {
            list.check(fields);
        }
        return list;
    }

    private static Optional<Category> category(Fields fields) {
        String name = fields.text("name", "", MOST_TEXT).strip();
        String description = fields.text("description", "", MOST_TEXT).strip();
        List<String> keywords = texts(fields, "keywords");
        List<String> examples = texts(fields, "examples");
        fields.end();
        try {
            return Optional.of(new Category(name, description, keywords, examples));
        } catch (IllegalArgumentException e) {
            fields.wrong("name", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static List<String> texts(Fields fields, String name) {
        return fields.texts(name, MOST_TEXTS, MOST_TEXT).stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String fold(String name) {
        return name.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /** Names that differ only in their Unicode form are left to the taxonomy to find. */
    private void check(Fields fields) {
        try {
            taxonomy();
        } catch (ConfigurationException e) {
            fields.wrong("categories", e.getMessage());
        }
    }

    boolean isEmpty() {
        return categories.isEmpty();
    }

    /**
     * As a categorizer takes it.
     *
     * @throws ConfigurationException there are no categories
     */
    Taxonomy taxonomy() {
        return new Taxonomy(task, categories, allowUnmatched);
    }

    /** With one example more, unless it is there already; empty if there is no such category. */
    Optional<CategoryList> plusExample(String name, String text) {
        if (categories.stream().noneMatch(category -> category.name().equals(name))) {
            return Optional.empty();
        }
        return Optional.of(new CategoryList(
                task,
                allowUnmatched,
                categories.stream()
                        .map(category -> category.name().equals(name) ? plus(category, text) : category)
                        .toList()));
    }

    private static Category plus(Category category, String text) {
        if (category.examples().contains(text)) {
            return category;
        }
        List<String> examples = new ArrayList<>(category.examples());
        examples.add(text);
        return new Category(category.name(), category.description(), category.keywords(), examples);
    }

    /** How many examples a category has; 0 if there is none of this name. */
    int examples(String name) {
        return categories.stream()
                .filter(category -> category.name().equals(name))
                .mapToInt(category -> category.examples().size())
                .sum();
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("task", task);
        map.put("allowUnmatched", allowUnmatched);
        map.put("categories", categories.stream().map(CategoryList::toMap).toList());
        return map;
    }

    private static Map<String, Object> toMap(Category category) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", category.name());
        map.put("description", category.description());
        map.put("keywords", category.keywords());
        map.put("examples", category.examples());
        return map;
    }
}

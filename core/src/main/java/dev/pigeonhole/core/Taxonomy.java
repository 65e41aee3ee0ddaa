package dev.pigeonhole.core;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ordered set of categories of a job. Immutable. No two names are equal after folding of case and space.
 *
 * @param task one sentence that says what is being decided; empty if none was given
 * @param categories at least one, at most {@value #MAX_CATEGORIES}
 * @param allowUnmatched whether a row may end without a category because none fits
 */
public record Taxonomy(String task, List<Category> categories, boolean allowUnmatched) {
    /** More are refused: no categorizer chooses well among so many. */
    public static final int MAX_CATEGORIES = 2_000;

    public Taxonomy {
        Objects.requireNonNull(task, "task");
        categories = List.copyOf(categories);
        if (categories.isEmpty()) {
            throw new ConfigurationException("the list of categories is empty; at least one is needed");
        }
        if (categories.size() > MAX_CATEGORIES) {
            throw new ConfigurationException(
                    "at most " + MAX_CATEGORIES + " categories are possible, found " + categories.size());
        }
        Map<String, String> seen = new HashMap<>();
        for (Category category : categories) {
            String other = seen.put(fold(category.name()), category.name());
            if (other != null) {
                throw new ConfigurationException("category \"" + category.name() + "\" appears twice"
                        + (other.equals(category.name()) ? "" : " (the other is written \"" + other + "\")")
                        + "; names must differ in more than case and spaces");
            }
        }
    }

    /** Categories of which only the names are known. */
    public static Taxonomy of(String... names) {
        return new Taxonomy("", Arrays.stream(names).map(Category::of).toList(), true);
    }

    /**
     * Reads a category file: YAML, JSON or CSV by its extension ({@code .yaml}, {@code .yml}, {@code .json}, {@code .csv}), else plain
     * text with one name per line. {@code docs/formats.md} describes all four.
     *
     * @throws ConfigurationException the file cannot be read, or something in it is wrong; the message says where
     */
    public static Taxonomy load(Path file) {
        return TaxonomyFile.load(file);
    }

    /**
     * All that is wrong in a category file, as far as reading can go on behind a fault: {@link #load} tells the first.
     *
     * @return messages in the order of the file; empty if it can be loaded
     */
    public static List<String> faults(Path file) {
        return TaxonomyFile.faults(file);
    }

    /**
     * Reads what a category file holds, by the same rules as {@link #load}.
     *
     * @param fileName by its extension, the format; stands in messages
     * @param text of at most 1 MiB in UTF-8
     * @throws ConfigurationException something in it is wrong; the message says where
     */
    public static Taxonomy parse(String fileName, String text) {
        return TaxonomyFile.parse(fileName, text);
    }

    /**
     * The content of a category file in YAML. Read again, it yields an equal taxonomy, if no text has space around it and no keyword and
     * no example is empty, as is so for all that was read from a file.
     */
    public String toYaml() {
        return TaxonomyYaml.of(this);
    }

    /** The names, in order. */
    public List<String> names() {
        return categories.stream().map(Category::name).toList();
    }

    /** The category of exactly this name. */
    public Optional<Category> find(String name) {
        return categories.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** The names as a set, for telling whether a label is one of ours. */
    public Set<String> nameSet() {
        return Set.copyOf(new HashSet<>(names()));
    }

    /** Everything here that can change an answer, by name, so that two versions can be compared line by line. */
    public SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put("categories.task", task);
        settings.put("categories.unmatched", allowUnmatched ? "allowed" : "not allowed");
        settings.put("categories.order", Digest.sha256(String.join("\n", names())));
        for (Category category : categories) {
            settings.put("category \"" + category.name() + "\"", Digest.sha256(content(category)));
        }
        return settings;
    }

    private static String content(Category category) {
        return String.join(
                "\u0000",
                category.name(),
                category.description(),
                String.join("\u0001", category.keywords()),
                String.join("\u0001", category.examples()));
    }

    /** A name as it is compared with others: Unicode form, case and white space do not make two names different. */
    public static String fold(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }
}

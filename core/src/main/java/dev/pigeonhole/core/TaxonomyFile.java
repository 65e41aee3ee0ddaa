package dev.pigeonhole.core;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads one category file, once. Works on YAML nodes rather than values: so every scalar is text ({@code No}, {@code 1.0} and
 * {@code true} are legal names), and every error can say its line. JSON is read as the YAML that it is.
 */
final class TaxonomyFile {
    private static final long MAX_BYTES = 1 << 20;
    private static final String TOO_LARGE = "larger than 1 MiB; a list of categories is expected";
    private static final int MAX_QUOTED = 60;
    private static final Set<String> TOP_KEYS = Set.of("version", "task", "categories", "unmatched");
    private static final Set<String> CATEGORY_KEYS = Set.of("name", "description", "keywords", "examples");

    /** As it is called in messages. */
    private final String file;
    /** Where each category was found, by its folded name. */
    private final Map<String, Integer> lines = new HashMap<>();
    /** Whether reading goes on behind a category that is wrong. */
    private final boolean toTheEnd;

    private final List<String> faults = new ArrayList<>();

    private TaxonomyFile(String file, boolean toTheEnd) {
        this.file = file;
        this.toTheEnd = toTheEnd;
    }

    static Taxonomy load(Path path) {
        TaxonomyFile file = new TaxonomyFile(path.toString(), false);
        return file.read(path.getFileName().toString(), file.content(path));
    }

    /** All that is wrong in a file, as far as reading can go on behind it. */
    static List<String> faults(Path path) {
        TaxonomyFile file = new TaxonomyFile(path.toString(), true);
        try {
            file.read(path.getFileName().toString(), file.content(path));
        } catch (ConfigurationException e) {
            // Where no category is right, the list is empty, of course.
            if (file.faults.isEmpty() || !file.lines.isEmpty()) {
                file.faults.add(e.getMessage());
            }
        }
        return List.copyOf(file.faults);
    }

    static Taxonomy parse(String name, String text) {
        TaxonomyFile file = new TaxonomyFile(clip(name), false);
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw file.wrong(TOO_LARGE);
        }
        return file.read(name, text);
    }

    private Taxonomy read(String fileName, String text) {
        String content = text.startsWith("\ufeff") ? text.substring(1) : text;
        String name = fileName.toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".json")) {
                return fromYaml(content.replace('\t', ' ')); // YAML has no tabs where JSON may.
            }
            if (name.endsWith(".csv")) {
                return fromCsv(content);
            }
            return name.endsWith(".yaml") || name.endsWith(".yml") ? fromYaml(content) : fromLines(content);
        } catch (ConfigurationException e) {
            throw e.getMessage().startsWith("category file")
                    ? e
                    : new ConfigurationException("category file " + file + ": " + e.getMessage(), e);
        }
    }

    private String content(Path path) {
        try {
            if (Files.isDirectory(path)) {
                throw wrong("this is a folder; a YAML, JSON, CSV or text file is expected");
            }
            if (Files.size(path) > MAX_BYTES) {
                throw wrong(TOO_LARGE);
            }
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("category file " + file + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw new ConfigurationException("category file " + file + ": not UTF-8 text", e);
        } catch (IOException e) {
            throw new ConfigurationException("category file " + file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private Taxonomy fromLines(String content) {
        List<Category> categories = new ArrayList<>();
        int number = 0;
        for (String line : content.lines().map(String::strip).toList()) {
            number++;
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(categories, number, () -> Category.of(line));
            }
        }
        return new Taxonomy("", categories, true);
    }

    private Taxonomy fromCsv(String content) {
        List<Category> categories = new ArrayList<>();
        for (TaxonomyCsv.Line line : TaxonomyCsv.lines(content)) {
            add(
                    categories,
                    line.number(),
                    () -> new Category(line.name(), line.description(), line.keywords(), line.examples()));
        }
        return new Taxonomy("", categories, true);
    }

    private void add(List<Category> categories, int line, Supplier<Category> maker) {
        try {
            categories.add(unique(line, maker));
        } catch (ConfigurationException e) {
            if (!toTheEnd) {
                throw e;
            }
            faults.add(e.getMessage());
        }
    }

    /** A category that may be one: its name is fit to be one, and is not there yet. */
    private Category unique(int line, Supplier<Category> maker) {
        try {
            Category category = maker.get();
            Integer other = lines.putIfAbsent(Taxonomy.fold(category.name()), line);
            if (other != null) {
                throw wrong(
                        line,
                        "category \"" + category.name() + "\" appears twice, the first time on line " + other
                                + "; names must differ in more than case and spaces");
            }
            return category;
        } catch (IllegalArgumentException e) {
            throw wrong(line, String.valueOf(e.getMessage()));
        }
    }

    private Taxonomy fromYaml(String content) {
        Node root = PlainYaml.compose(content);
        if (root instanceof SequenceNode list) {
            return new Taxonomy("", categories(list), true);
        }
        MappingNode top = mapping(root, "a mapping with the key \"categories\"", TOP_KEYS);
        String task = "";
        boolean allowUnmatched = true;
        List<Category> categories = List.of();
        for (NodeTuple entry : top.getValue()) {
            Node value = entry.getValueNode();
            switch (text(entry.getKeyNode())) {
                case "version" -> requireVersion(value);
                case "task" -> task = text(value).strip();
                case "unmatched" -> allowUnmatched = allow(value);
                case "categories" -> categories = categories(value);
                default -> throw new IllegalStateException("keys were checked before");
            }
        }
        return new Taxonomy(task, categories, allowUnmatched);
    }

    private void requireVersion(Node value) {
        if (!text(value).equals("1")) {
            throw wrong(value, "version is " + clip(text(value)) + "; this program reads version 1");
        }
    }

    private boolean allow(Node value) {
        MappingNode unmatched = mapping(value, "a mapping such as {allow: true}", Set.of("allow"));
        boolean allow = true;
        for (NodeTuple entry : unmatched.getValue()) {
            allow = switch (text(entry.getValueNode()).toLowerCase(Locale.ROOT)) {
                case "true", "yes" -> true;
                case "false", "no" -> false;
                default -> throw wrong(entry.getValueNode(), "\"allow\" must be true or false");
            };
        }
        return allow;
    }

    private List<Category> categories(Node value) {
        if (!(value instanceof SequenceNode list)) {
            throw wrong(value, "\"categories\" must be a list");
        }
        List<Category> categories = new ArrayList<>();
        for (Node node : list.getValue()) {
            add(
                    categories,
                    lineOf(node),
                    () -> node instanceof ScalarNode ? Category.of(text(node).strip()) : category(node));
        }
        return categories;
    }

    private Category category(Node node) {
        MappingNode mapping = mapping(node, "a name, or a mapping with the key \"name\"", CATEGORY_KEYS);
        String name = "";
        String description = "";
        List<String> keywords = List.of();
        List<String> examples = List.of();
        for (NodeTuple entry : mapping.getValue()) {
            Node value = entry.getValueNode();
            switch (text(entry.getKeyNode())) {
                case "name" -> name = text(value).strip();
                case "description" -> description = text(value).strip();
                case "keywords" -> keywords = texts(value);
                case "examples" -> examples = texts(value);
                default -> throw new IllegalStateException("keys were checked before");
            }
        }
        return new Category(name, description, keywords, examples);
    }

    private List<String> texts(Node node) {
        if (!(node instanceof SequenceNode list)) {
            throw wrong(node, "a list of texts is expected");
        }
        return list.getValue().stream()
                .map(this::text)
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    private String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, "a text is expected");
    }

    private MappingNode mapping(Node node, String expected, Set<String> allowed) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, expected + " is expected");
        }
        Set<String> seen = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            String key = text(entry.getKeyNode());
            if (!allowed.contains(key)) {
                throw wrong(
                        entry.getKeyNode(),
                        "unknown key \"" + clip(key) + "\"" + Suggestion.hint(key, allowed) + "; known are "
                                + String.join(", ", allowed.stream().sorted().toList()));
            }
            if (!seen.add(key)) {
                throw wrong(entry.getKeyNode(), "key \"" + key + "\" appears twice");
            }
        }
        return mapping;
    }

    static String clip(String text) {
        String line = text.replaceAll("\\p{Cc}+", " ");
        return line.length() <= MAX_QUOTED ? line : line.substring(0, MAX_QUOTED) + "…";
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private ConfigurationException wrong(Node node, String problem) {
        return wrong(lineOf(node), problem);
    }

    private ConfigurationException wrong(int line, String problem) {
        return wrong("line " + line + ": " + problem);
    }

    private ConfigurationException wrong(String problem) {
        return new ConfigurationException("category file " + file + ": " + problem);
    }
}

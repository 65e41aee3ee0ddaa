package dev.pigeonhole.core;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes categories as a category file in YAML; a text is quoted unless no reader of YAML can take it for anything else. Stateless. */
final class TaxonomyYaml {
    private static final Pattern PLAIN =
            Pattern.compile("\\p{L}(?:[\\p{L}\\p{M}\\p{Nd} _.'()/&+-]*[\\p{L}\\p{M}\\p{Nd}.)])?");
    /** What some readers take for a truth value or for nothing. */
    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

    private TaxonomyYaml() {}

    static String of(Taxonomy taxonomy) {
        StringBuilder yaml = new StringBuilder("version: 1\n");
        if (!taxonomy.task().isEmpty()) {
            yaml.append("task: ").append(scalar(taxonomy.task())).append('\n');
        }
        yaml.append("unmatched: {allow: ").append(taxonomy.allowUnmatched()).append("}\ncategories:\n");
        taxonomy.categories().forEach(category -> append(category, yaml));
        return yaml.toString();
    }

    private static void append(Category category, StringBuilder yaml) {
        yaml.append("  - name: ").append(scalar(category.name())).append('\n');
        if (!category.description().isEmpty()) {
            yaml.append("    description: ")
                    .append(scalar(category.description()))
                    .append('\n');
        }
        append("keywords", category.keywords(), yaml);
        append("examples", category.examples(), yaml);
    }

    private static void append(String key, List<String> texts, StringBuilder yaml) {
        if (texts.isEmpty()) {
            return;
        }
        yaml.append("    ").append(key).append(":\n");
        texts.forEach(text -> yaml.append("      - ").append(scalar(text)).append('\n'));
    }

    private static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> append(c, quoted));
        return quoted.append('"').toString();
    }

    private static void append(int c, StringBuilder quoted) {
        switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            default -> {
                if (isVisible(c)) {
                    quoted.appendCodePoint(c);
                } else {
                    quoted.append(c > 0xffff ? String.format("\\U%08x", c) : String.format("\\u%04x", c));
                }
            }
        }
    }

    /** Whatever else could end a line, is not allowed in YAML, or cannot be seen in an editor is written as an escape. */
    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> c == ' ' || !Character.isSpaceChar(c);
        };
    }
}

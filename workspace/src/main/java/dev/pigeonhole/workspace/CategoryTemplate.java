package dev.pigeonhole.workspace;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Taxonomy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A category file for a person to fill in, made from labelled rows. Stateless. */
public final class CategoryTemplate {
    private static final String NAME = "  - name: ";
    /** Room for what the person adds: a category file has at most a mebibyte. */
    private static final int MOST_BYTES = 700 << 10;

    private static final int MOST_CHARS = 300;
    private static final int FEWEST_CHARS = 20;
    private static final String HEADER = """
        # The categories of %s, taken from its column "%s": the most frequent first.
        # Before a run, go through them:
        #   - a description says in a sentence what belongs there and, where two are near, what does not;
        #   - keywords are words that speak for a category, for example: keywords: [refund, invoice]
        #   - examples are texts that belong there; these come from the file. Remove what is wrong or private;
        #   - a category that nobody needs apart can go: its rows will get another one, or none;
        #   - "allow: false" forces a category onto every row, even where none fits.
        # A line that begins with # is not read. docs/formats.md describes the file.
        """;
    private static final String TASK = "# task: what is being decided, in one sentence\n";

    private CategoryTemplate() {}

    /**
     * The file, in YAML; {@link Taxonomy#parse} reads it. Reads the rows once.
     *
     * @param survey of these rows
     * @param examples how many a category has at most; less if the file would be too large
     * @throws dev.pigeonhole.core.ConfigurationException what is in the column cannot be labels
     */
    public static String of(LabelledFile rows, LabelSurvey survey, int examples) {
        Taxonomy names = survey.taxonomy();
        Map<String, TypicalTexts> texts = new HashMap<>();
        names.names().forEach(name -> texts.put(name, new TypicalTexts()));
        if (examples > 0) {
            rows.read(names, all -> {
                all.forEach(row ->
                        texts.getOrDefault(row.category(), new TypicalTexts()).add(row.text()));
                return texts;
            });
        }
        String header = HEADER.formatted(comment(rows.fileName()), comment(rows.labelColumn()));
        int wanted = examples;
        int chars = MOST_CHARS;
        while (true) {
            String yaml = header + commented(with(names, texts, wanted, chars), survey);
            if (wanted == 0 || yaml.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
                return yaml;
            }
            chars /= 2;
            if (chars < FEWEST_CHARS) {
                chars = MOST_CHARS;
                wanted--;
            }
        }
    }

    private static Taxonomy with(Taxonomy names, Map<String, TypicalTexts> texts, int wanted, int chars) {
        List<Category> categories = names.names().stream()
                .map(name -> new Category(
                        name,
                        "",
                        List.of(),
                        texts.getOrDefault(name, new TypicalTexts()).choose(wanted).stream()
                                .map(text -> shortened(text.strip(), chars))
                                .toList()))
                .toList();
        return new Taxonomy("", categories, true);
    }

    private static String shortened(String text, int chars) {
        return text.codePointCount(0, text.length()) <= chars
                ? text
                : text.substring(0, text.offsetByCodePoints(0, chars)).strip();
    }

    /** Puts the number of rows behind each name, and a line for the description below it. */
    private static String commented(Taxonomy taxonomy, LabelSurvey survey) {
        List<String> lines = new ArrayList<>();
        int category = 0;
        for (String line : taxonomy.toYaml().lines().toList()) {
            if (line.startsWith(NAME)) {
                long rows = survey.labels().get(category++).rows();
                lines.add(line + "  # " + rows + (rows == 1 ? " row" : " rows"));
                lines.add("    # description:");
            } else {
                lines.add(line.startsWith("unmatched:") ? TASK + line : line);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** What a user has named, so that it cannot end the line of a comment. */
    private static String comment(String foreign) {
        return LintWords.clip(foreign).replaceAll("[\\p{Cc}\\p{Cf}]+", " ");
    }
}

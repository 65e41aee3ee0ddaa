package dev.pigeonhole.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.csv.CsvSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CategoryTemplateTest {
    @TempDir
    Path folder;

    private String template(int examples, List<String> lines) throws IOException {
        Path file = Files.write(folder.resolve("tickets.csv"), lines);
        LabelledFile rows = LabelledFile.of(CsvSource.of(file).labelColumn("label"));
        return CategoryTemplate.of(rows, rows.survey(), examples);
    }

    @Test
    void aPersonFindsWhatThereIsToDo() throws IOException {
        String yaml = template(
                2,
                List.of("text,label", "where is my card,cards", "refund please,money", "my refund,money", "no,money"));
        assertThat(yaml)
                .startsWith("# The categories of tickets.csv, taken from its column \"label\"")
                .contains("# task: ")
                .contains("  - name: money  # 3 rows\n    # description:\n    examples:\n")
                .contains("  - name: cards  # 1 row\n");
        assertThat(Taxonomy.parse("categories.yaml", yaml).categories())
                .containsExactly(
                        new Category("money", "", List.of(), List.of("my refund", "refund please")),
                        new Category("cards", "", List.of(), List.of("where is my card")));
    }

    @Test
    void withoutExamplesOnlyTheNamesAreThere() throws IOException {
        assertThat(Taxonomy.parse("c.yaml", template(0, List.of("text,label", "a,B", "c,D"))))
                .isEqualTo(Taxonomy.of("B", "D"));
    }

    @Test
    void hostileNamesAndTextsAreReadBack() throws IOException {
        String yaml = template(
                3,
                List.of(
                        "text,label",
                        "\"a: # b",
                        "c\",\"x # 'y\"",
                        "- name: z,yes",
                        "\u2028 \u202e,{a}",
                        "\"\"\"\",\"a: \"\"b\"\"\""));
        Taxonomy taxonomy = Taxonomy.parse("c.yaml", yaml);
        assertThat(taxonomy.names()).containsExactly("x # 'y", "yes", "{a}", "a: \"b\"");
        assertThat(taxonomy.categories().get(0).examples()).containsExactly("a: # b\nc");
    }

    @Test
    void examplesAreOfMediumLengthAndNotAlikeAndAlwaysTheSame() throws IOException {
        List<String> lines = new ArrayList<>(List.of("text,label"));
        for (int i = 0; i < 30; i++) {
            lines.add("please send my invoice number " + i + ",A");
        }
        lines.addAll(List.of("ok,A", "when will the money be back here,A", "x".repeat(500) + ",A"));
        String yaml = template(2, lines);
        assertThat(Taxonomy.parse("c.yaml", yaml).categories().get(0).examples())
                .hasSize(2)
                .anyMatch(text -> text.startsWith("please send"))
                .contains("when will the money be back here");
        assertThat(template(2, lines)).isEqualTo(yaml);
    }

    @Test
    void theFileOfManyCategoriesWithLongTextsCanBeRead() throws IOException {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>(List.of("text,label"));
        for (int i = 0; i < 6_000; i++) {
            lines.add((random.nextInt() + "é ").repeat(40) + ",category " + i % 2_000);
        }
        Taxonomy taxonomy = Taxonomy.parse("c.yaml", template(3, lines));
        assertThat(taxonomy.categories())
                .hasSize(2_000)
                .allSatisfy(category -> assertThat(category.examples()).isNotEmpty());
    }
}

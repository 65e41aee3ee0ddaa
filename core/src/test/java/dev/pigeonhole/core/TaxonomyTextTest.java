package dev.pigeonhole.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaxonomyTextTest {
    private static final List<String> PIECES = List.of(
            "a",
            "Billing",
            "no",
            "true",
            "null",
            "~",
            "1",
            "1.0",
            "0x1F",
            ".inf",
            "2024-01-01",
            ":",
            ": ",
            " #",
            "#",
            "-",
            "- ",
            "?",
            "? ",
            "!",
            "!!str ",
            "&a",
            "*a",
            "%",
            "@",
            "`",
            "|",
            ">",
            "[",
            "]",
            "{",
            "}",
            ",",
            "'",
            "\"",
            "\\",
            "\\n",
            "---",
            "...",
            "<<",
            "=",
            " ",
            "  ",
            "é",
            "e\u0301",
            "漢字",
            "שלום",
            "🐀",
            "\u00a0",
            "\u3000",
            "\u200b",
            "\ufdd0");
    private static final List<String> HOSTILE = List.of(
            "\n",
            "\r",
            "\r\n",
            "\t",
            "\0",
            "\u0007",
            "\u001b",
            "\u007f",
            "\u0085",
            "\u009f",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\ufffe",
            "\uffff",
            "\ud83d",
            "\udc00",
            "\n- name: x\n",
            "\n---\n");

    @Test
    void aTextIsReadByTheExtensionOfItsName() {
        Taxonomy expected = Taxonomy.of("Billing", "Login");

        assertThat(Taxonomy.parse("x.yaml", "- Billing\n- Login\n")).isEqualTo(expected);
        assertThat(Taxonomy.parse("X.YML", "categories: [Billing, Login]")).isEqualTo(expected);
        assertThat(Taxonomy.parse("x.json", "[\"Billing\",\t\"Login\"]")).isEqualTo(expected);
        assertThat(Taxonomy.parse("x.csv", "name\nBilling\nLogin\n")).isEqualTo(expected);
        assertThat(Taxonomy.parse("list", "\ufeffBilling\nLogin")).isEqualTo(expected);
    }

    @Test
    void anErrorSaysTheNameAndTheLine() {
        assertThatThrownBy(() -> Taxonomy.parse("my.yaml", "- a\n- A\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("category file my.yaml: line 2: category \"A\" appears twice");
        assertThatThrownBy(() -> Taxonomy.parse("a\n" + "b".repeat(500), ""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("category file a " + "b".repeat(58)
                        + "…: the list of categories is empty; at least one is needed");
    }

    @Test
    void aTextHasASizeToo() {
        String most = "#" + "é".repeat((1 << 19) - 2) + "\nx";

        assertThat(Taxonomy.parse("x.txt", most).names()).containsExactly("x");
        assertThatThrownBy(() -> Taxonomy.parse("x.txt", most + "yz"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("larger than 1 MiB");
    }

    @Test
    void yamlIsWrittenForPeople() {
        Category billing = new Category(
                "Billing", "Charges: refunds", List.of("refund", "two words"), List.of("Where's my invoice?"));

        assertThat(new Taxonomy("Which team", List.of(billing, Category.of("no")), false).toYaml())
                .isEqualTo("""
                        version: 1
                        task: Which team
                        unmatched: {allow: false}
                        categories:
                          - name: Billing
                            description: "Charges: refunds"
                            keywords:
                              - refund
                              - two words
                            examples:
                              - "Where's my invoice?"
                          - name: "no"
                        """);
    }

    @ParameterizedTest
    @CsvSource({"banking77/categories.yaml", "tickets/categories.yaml", "tickets/categories.txt"})
    void theExamplesComeBack(String example) {
        Taxonomy taxonomy = Taxonomy.load(Path.of("..", "examples").resolve(example));

        assertThat(Taxonomy.parse("x.yaml", taxonomy.toYaml())).isEqualTo(taxonomy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Yes", "OFF", "y", "~", "1e3", "a: b", "a #b", "a:", "-", "[a", "{", "'a'", "a,b"})
    void whatAnotherReaderCouldMistakeIsQuoted(String name) {
        assertThat(Taxonomy.of(name).toYaml()).contains("- name: \"" + name + "\"");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverIsWrittenComesBack(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            Taxonomy taxonomy = taxonomy(random);
            String yaml = taxonomy.toYaml();
            assertThat(Taxonomy.parse("x.yaml", yaml)).as(yaml).isEqualTo(taxonomy);
        }
    }

    private static Taxonomy taxonomy(Random random) {
        List<Category> categories = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            String name = text(random, List.of(), 6);
            if (!name.isEmpty() && names.add(Taxonomy.fold(name))) {
                categories.add(new Category(name, text(random, HOSTILE, 12), texts(random), texts(random)));
            }
        }
        if (categories.isEmpty()) {
            categories.add(Category.of("x"));
        }
        return new Taxonomy(text(random, HOSTILE, 5), categories, random.nextBoolean());
    }

    private static List<String> texts(Random random) {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String text = text(random, HOSTILE, random.nextInt(20) == 0 ? 2_000 : 6);
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static String text(Random random, List<String> more, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            int piece = random.nextInt(PIECES.size() + more.size());
            text.append(piece < PIECES.size() ? PIECES.get(piece) : more.get(piece - PIECES.size()));
        }
        return text.toString().strip();
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 60), LongStream.of(System.nanoTime()));
    }
}

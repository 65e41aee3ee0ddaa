package dev.pigeonhole.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaxonomyTest {
    @TempDir
    Path directory;

    /**
     * One category file each in {@code categories/}, with what it reads as beside it. With {@code -Dgolden.write=true} missing
     * expectations are written, to be read and judged by a person before they are kept.
     */
    @ParameterizedTest
    @MethodSource("files")
    void aFileIsReadOrRefusedAsExpected(Path file) throws IOException {
        String actual = render(file);
        Path expected = file.resolveSibling(file.getFileName() + ".expected");
        if (!Files.exists(expected) && Boolean.getBoolean("golden.write")) {
            Files.writeString(
                    Path.of(
                            "src/test/resources/categories",
                            expected.getFileName().toString()),
                    actual);
        }
        assertThat(expected).exists();
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFirstFaultOfAFileIsTheOneThatRefusesIt(Path file) {
        List<String> faults = Taxonomy.faults(file);
        if (faults.isEmpty()) {
            assertThat(Taxonomy.load(file).categories()).isNotEmpty();
        } else {
            assertThatThrownBy(() -> Taxonomy.load(file))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage(faults.get(0));
        }
    }

    @Test
    void allFaultsOfAFileAreFound() throws IOException {
        Path yaml = Files.writeString(directory.resolve("c.yaml"), """
                categories:
                  - name: A
                  - name: a
                  - nme: B
                  - name: C
                    examples: one
                  - C
                unmatched: {allow: perhaps}
                """);
        Path text = Files.writeString(directory.resolve("c.txt"), "A\nB\n a \nb\nC\n");
        Path csv = Files.writeString(directory.resolve("c.csv"), "name,description\n,x\nA,y\n,z\n");
        Path bad = Files.writeString(directory.resolve("bad.yaml"), "- name:\n- name:\n");

        assertThat(Taxonomy.faults(yaml))
                .satisfiesExactly(
                        fault -> assertThat(fault).contains("line 3", "\"a\" appears twice"),
                        fault -> assertThat(fault).contains("line 4", "unknown key \"nme\""),
                        fault -> assertThat(fault).contains("line 6", "a list of texts is expected"),
                        fault -> assertThat(fault).contains("line 8", "must be true or false"));
        assertThat(Taxonomy.faults(text)).hasSize(2).allMatch(fault -> fault.contains("appears twice"));
        assertThat(Taxonomy.faults(csv)).hasSize(2).allMatch(fault -> fault.contains("a category needs a name"));
        assertThat(Taxonomy.faults(bad)).as("not that there is none at all").hasSize(2);
        assertThat(Taxonomy.faults(directory.resolve("none.txt")))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("no such file"));
    }

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(root())) {
            return files.filter(f -> !f.toString().endsWith(".expected")).sorted().toList().stream();
        }
    }

    private static Path root() {
        try {
            return Path.of(Objects.requireNonNull(TaxonomyTest.class.getResource("/categories"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String render(Path file) {
        try {
            Taxonomy taxonomy = Taxonomy.load(file);
            return "task [" + taxonomy.task() + "], unmatched " + taxonomy.allowUnmatched() + "\n"
                    + taxonomy.categories().stream().map(TaxonomyTest::render).collect(Collectors.joining());
        } catch (ConfigurationException e) {
            return e.getMessage().replace(file.toString(), "{file}") + "\n";
        }
    }

    private static String render(Category category) {
        String more = category.description().isEmpty() ? "" : " description [" + category.description() + "]";
        more += category.keywords().isEmpty() ? "" : " keywords " + category.keywords();
        more += category.examples().isEmpty() ? "" : " examples " + category.examples();
        return "[" + category.name() + "]" + more.replace("\n", "\\n").replace("\t", "\\t") + "\n";
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private void refused(Path file, String... parts) {
        assertThatThrownBy(() -> Taxonomy.load(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(parts);
    }

    @Nested
    class AFileThatIsTooMuch {
        @Test
        void byTheNumberOfCategories() throws IOException {
            String names =
                    IntStream.rangeClosed(1, 2_000).mapToObj(n -> "- c" + n).collect(Collectors.joining("\n"));

            assertThat(Taxonomy.load(file("most.yaml", names)).categories()).hasSize(2_000);
            refused(file("more.yaml", names + "\n- one more"), "at most 2000 categories", "found 2001");
            refused(file("more.txt", names + "\n- one more"), "at most 2000 categories", "found 2001");
        }

        @Test
        void byItsSize() throws IOException {
            String comment = "#" + "x".repeat((1 << 20) - 5) + "\n";

            assertThat(Taxonomy.load(file("most.txt", comment + "abc")).names()).containsExactly("abc");
            refused(file("more.txt", comment + "abcd"), "larger than 1 MiB");
        }

        @Test
        void byAliasesThatMultiply() throws IOException {
            StringBuilder laughs = new StringBuilder("a0: &a0 [lol]\n");
            for (int i = 1; i < 30; i++) {
                String before = "*a" + (i - 1);
                laughs.append("a" + i + ": &a" + i + " [" + String.join(",", List.of(before, before, before)) + "]\n");
            }
            refused(file("laughs.yaml", laughs.toString()), "line 2", "alias");
        }

        @Test
        void byOneLongListThatEveryCategoryRepeats() throws IOException {
            String keywords = "x,".repeat(200_000);
            String rest = IntStream.range(0, 15_000)
                    .mapToObj(n -> "- {name: c" + n + ", keywords: *k}\n")
                    .collect(Collectors.joining());
            refused(file("list.yaml", "- {name: c, keywords: &k [" + keywords + "]}\n" + rest), "line 2", "alias");
        }

        @ParameterizedTest
        @MethodSource("dev.pigeonhole.core.TaxonomyTest#deep")
        void byItsDepth(String content) throws IOException {
            refused(file("deep.yaml", content), "nested more than 20 levels deep");
            refused(file("deep.json", content), "nested more than 20 levels deep");
        }

        @Test
        void byTheLengthOfAKey() throws IOException {
            Path file = file("key.yaml", "? " + "k".repeat(1 << 19) + "\n: x\n");
            refused(file, "line 1", "unknown key");
            assertThatThrownBy(() -> Taxonomy.load(file))
                    .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(400));
        }
    }

    static List<String> deep() {
        return List.of(
                "[".repeat(10_000) + "]".repeat(10_000),
                "[".repeat(500_000),
                "{a: ".repeat(10_000) + "}".repeat(10_000),
                "- ".repeat(10_000) + "a",
                "? ".repeat(10_000) + "a");
    }

    @Test
    void aCharacterOfTwoHalvesMayStandAnywhere() throws IOException {
        for (int length = 1_000; length < 1_100; length++) {
            String yaml = "- \"" + "x".repeat(150) + "\" #" + "c".repeat(length - 155) + "🐀🐀🐀\n- 🐀\n";
            assertThat(Taxonomy.load(file("rats.yaml", yaml)).names()).contains("🐀");
        }
    }

    @Test
    void aFolderAndAMissingFileAreRefused() {
        refused(directory, "this is a folder");
        refused(directory.resolve("none.yaml"), "no such file");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damageNeverEscapesAsAnotherException(long seed) throws IOException {
        Random random = new Random(seed);
        List<Path> files = files().toList();
        for (int round = 0; round < 100; round++) {
            Path original = files.get(random.nextInt(files.size()));
            byte[] bytes = damaged(Files.readAllBytes(original), random);
            String extension = List.of("yaml", "json", "csv", "txt").get(random.nextInt(4));
            Path file = Files.write(directory.resolve("damaged." + extension), bytes);
            try {
                assertThat(Taxonomy.load(file).categories()).isNotEmpty();
            } catch (ConfigurationException e) {
                assertThat(e).hasMessageContaining(file.toString());
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed " + seed + ", round " + round + ", file "
                                + new String(bytes, StandardCharsets.ISO_8859_1),
                        e);
            }
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 40), LongStream.of(System.nanoTime()));
    }

    private static byte[] damaged(byte[] original, Random random) {
        String nasty = "\"'\\:,[]{}&*!|>%@`#?-\n\r\t\0 \\x\\u\\U0";
        List<Byte> bytes = new ArrayList<>();
        for (byte b : original) {
            bytes.add(b);
        }
        for (int i = random.nextInt(8); i >= 0; i--) {
            int at = random.nextInt(bytes.size() + 1);
            if (random.nextInt(3) > 0) {
                int next = random.nextInt(10) == 0 ? random.nextInt(256) : nasty.charAt(random.nextInt(nasty.length()));
                bytes.add(at, (byte) next);
            } else {
                bytes.subList(at, Math.min(bytes.size(), at + random.nextInt(5)))
                        .clear();
            }
        }
        byte[] damaged = new byte[bytes.size()];
        for (int i = 0; i < damaged.length; i++) {
            damaged[i] = bytes.get(i);
        }
        return damaged;
    }

    @Nested
    class Settings {
        private final Category a = new Category("a", "first", List.of("k", "l"), List.of("x"));
        private final Category b = Category.of("b");
        private final Taxonomy taxonomy = new Taxonomy("task", List.of(a, b), true);

        private Set<String> changed(Taxonomy other) {
            Map<String, String> before = taxonomy.settings();
            Map<String, String> after = other.settings();
            return Stream.concat(before.keySet().stream(), after.keySet().stream())
                    .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                    .collect(Collectors.toSet());
        }

        private Taxonomy withA(Category changed) {
            return new Taxonomy("task", List.of(changed, b), true);
        }

        @Test
        void areEqualForEqualContent() {
            assertThat(changed(new Taxonomy("task", List.of(a, b), true))).isEmpty();
        }

        @Test
        void nameExactlyWhatChanged() {
            assertThat(changed(new Taxonomy("other", List.of(a, b), true))).containsExactly("categories.task");
            assertThat(changed(new Taxonomy("task", List.of(a, b), false))).containsExactly("categories.unmatched");
            assertThat(changed(new Taxonomy("task", List.of(b, a), true))).containsExactly("categories.order");
            assertThat(changed(new Taxonomy("task", List.of(a), true)))
                    .containsExactlyInAnyOrder("categories.order", "category \"b\"");
            assertThat(changed(new Taxonomy("task", List.of(a, b, Category.of("c")), true)))
                    .containsExactlyInAnyOrder("categories.order", "category \"c\"");
        }

        @Test
        void seeEveryPartOfACategory() {
            assertThat(List.of(
                            new Category("a", "second", List.of("k", "l"), List.of("x")),
                            new Category("a", "first", List.of("l", "k"), List.of("x")),
                            new Category("a", "first", List.of("k l"), List.of("x")),
                            new Category("a", "first", List.of("k"), List.of("l", "x")),
                            new Category("a", "first", List.of("k", "l", "x"), List.of()),
                            new Category("a", "", List.of("first", "k", "l"), List.of("x"))))
                    .allSatisfy(other -> assertThat(changed(withA(other))).containsExactly("category \"a\""));
        }
    }

    @Test
    void namesAreFoundToTheLetter() {
        Taxonomy taxonomy = Taxonomy.of("Billing", "Other");

        assertThat(taxonomy.find("Billing")).contains(Category.of("Billing"));
        assertThat(taxonomy.find("billing")).isEmpty();
        assertThat(taxonomy.names()).containsExactly("Billing", "Other");
        assertThat(taxonomy.nameSet()).containsExactlyInAnyOrder("Other", "Billing");
        assertThat(taxonomy.allowUnmatched()).isTrue();
    }

    @Test
    void twoNamesThatLookTheSameAreRefused() {
        assertThatThrownBy(() -> Taxonomy.of("Billing", "x", " billing"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\" billing\" appears twice")
                .hasMessageContaining("\"Billing\"");
    }
}

package dev.pigeonhole.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pigeonhole.core.Category;
import dev.pigeonhole.core.Taxonomy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CategoryLintTest {
    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatTheTableSays(String line) {
        String[] parts = (line + " ").split("->");

        List<LintNote> notes = CategoryLint.of(taxonomy(parts[0].strip()), 20);

        assertThat(notes.stream().map(CategoryLintTest::brief).collect(Collectors.joining(", ")))
                .as("%s", notes)
                .isEqualTo(parts[1].strip());
    }

    static Stream<String> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(CategoryLintTest.class.getResourceAsStream("/lint.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"));
        }
    }

    private static Taxonomy taxonomy(String text) {
        boolean allowUnmatched = !text.startsWith("! ");
        return new Taxonomy(
                "",
                Arrays.stream(text.replaceFirst("^! ", "").split(" \\| "))
                        .map(part -> category(part.strip()))
                        .toList(),
                allowUnmatched);
    }

    private static Category category(String text) {
        int brace = text.indexOf('{');
        if (brace < 0) {
            return Category.of(text);
        }
        String[] parts = (text.substring(brace + 1, text.length() - 1) + ";;;").split(";", -1);
        List<String> keywords = Arrays.stream(parts[1].split(","))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .toList();
        List<String> examples = parts[2].isBlank() ? List.of() : List.of(parts[2].strip());
        return new Category(text.substring(0, brace).strip(), parts[0].strip(), keywords, examples);
    }

    private static String brief(LintNote note) {
        String names = note.category() == null ? "" : " " + note.category();
        return note.level().name().toLowerCase(Locale.ROOT) + " " + note.kind().code() + names
                + (note.other() == null ? "" : "/" + note.other());
    }

    @Test
    void theTicketsAreFineAndTheirNamesAloneAreNot() {
        assertThat(CategoryLint.of(example("tickets/categories.yaml"), 20)).isEmpty();
        assertThat(CategoryLint.of(example("tickets/categories.txt"), 20))
                .extracting(LintNote::detail, LintNote::hint)
                .containsExactly(tuple(
                        "all 6 categories (\"Billing\", \"Login\", \"Delivery\" and 3 more) are only names",
                        "say of each in a sentence what belongs there, or give two or three examples"));
    }

    @Test
    void ofBanking77TheTwoThatAreReallyHardToTellApartAreNamed() {
        assertThat(CategoryLint.of(example("banking77/categories.yaml"), 20))
                .extracting(CategoryLintTest::brief)
                .containsExactly(
                        "warning overlap card_payment_wrong_exchange_rate/wrong_exchange_rate_for_cash_withdrawal",
                        "hint too-many",
                        "hint sub-batch");
    }

    @Test
    void aDetailSaysWhatToDo() {
        Taxonomy taxonomy = taxonomy("Payments {paying; refund; e} | Billing {bills; refund; f}");

        assertThat(CategoryLint.of(taxonomy, 20))
                .extracting(LintNote::detail, LintNote::hint)
                .containsExactly(tuple(
                        "\"Payments\" and \"Billing\" look alike (both have the keyword \"refund\")",
                        "merge them, or say in their descriptions how they differ"));
    }

    @ParameterizedTest
    @CsvSource({"50, 20, ''", "51, 20, HINT", "200, 20, HINT", "201, 20, WARNING", "201, 5, WARNING"})
    void manyCategoriesAreRemarkedOn(int count, int subBatchSize, String level) {
        Taxonomy taxonomy = new Taxonomy(
                "",
                IntStream.range(0, count)
                        .mapToObj(i -> new Category("c" + i, "d" + i, List.of(), List.of("e" + i)))
                        .toList(),
                true);

        List<LintNote> notes = CategoryLint.of(taxonomy, subBatchSize);

        assertThat(notes.stream()
                        .filter(note -> note.kind() == LintNote.Kind.TOO_MANY)
                        .map(note -> note.level().name())
                        .collect(Collectors.joining()))
                .isEqualTo(level);
        assertThat(notes.stream().anyMatch(note -> note.hint().contains("more than 5 rows a call")))
                .isEqualTo(subBatchSize == 5);
    }

    @ParameterizedTest
    @CsvSource({
        "49, 20, true,  ''", // 49 names and "none" for 20 rows: just as many as fit
        "50, 20, true,  a sub-batch size of 19",
        "50, 20, false, ''",
        "199, 5, true,  ''",
        "199, 6, true,  a sub-batch size of 5",
        "200, 20, true, fewer rows a call are no way out",
    })
    void moreChoicesThanTheStrictAnswerHasRoomForAreRemarkedOn(
            int count, int subBatchSize, boolean allowUnmatched, String advice) {
        Taxonomy taxonomy = new Taxonomy(
                "",
                IntStream.range(0, count)
                        .mapToObj(i -> new Category("c" + i, "d" + i, List.of(), List.of("e" + i)))
                        .toList(),
                allowUnmatched);

        List<LintNote> notes = CategoryLint.of(taxonomy, subBatchSize).stream()
                .filter(note -> note.kind() == LintNote.Kind.SUB_BATCH)
                .toList();

        assertThat(notes).hasSize(advice.isEmpty() ? 0 : 1);
        assertThat(notes).allMatch(note -> note.hint().contains(advice));
    }

    @Test
    void manyNotesOfAKindBecomeOne() {
        Taxonomy taxonomy = new Taxonomy(
                "",
                IntStream.range(0, 14)
                        .mapToObj(i -> new Category(
                                (i % 2 == 0 ? "word" : "words") + "abcdefg".charAt(i / 2),
                                "d" + i,
                                List.of(),
                                List.of("e" + i)))
                        .toList(),
                true);

        assertThat(CategoryLint.of(taxonomy, 20)).hasSizeLessThan(3);
    }

    @Test
    void theMostThatIsAllowedIsLookedThroughAsWell() {
        Taxonomy taxonomy = new Taxonomy(
                "",
                IntStream.range(0, Taxonomy.MAX_CATEGORIES)
                        .mapToObj(i -> new Category(
                                "category number " + i + " of many",
                                "what belongs to " + i,
                                List.of("same"),
                                List.of()))
                        .toList(),
                true);

        assertThat(CategoryLint.of(taxonomy, 20))
                .extracting(CategoryLintTest::brief)
                .containsExactly("warning too-many", "hint no-example", "hint sub-batch");
    }

    private static Taxonomy example(String name) {
        return Taxonomy.load(Path.of("..", "examples").resolve(name));
    }
}

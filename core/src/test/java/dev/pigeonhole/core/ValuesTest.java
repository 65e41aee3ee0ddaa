package dev.pigeonhole.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values that everything is made of. */
class ValuesTest {
    @ParameterizedTest
    @ValueSource(doubles = {-0.0001, 1.0001, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aConfidenceIsFromZeroToOne(double confidence) {
        assertThatThrownBy(() -> new Outcome.Categorized("a", OptionalDouble.of(confidence), "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> new Outcome.Unmatched(OptionalDouble.of(confidence), "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, Double.MIN_VALUE, 0.5, 1})
    void theEndsAreConfidencesToo(double confidence) {
        assertThat(new Outcome.Categorized("a", OptionalDouble.of(confidence), "x").confidence())
                .hasValue(confidence);
    }

    @Test
    void anOutcomeWithoutAConfidenceSaysSo() {
        assertThat(Outcome.categorized("a", "x")).isEqualTo(new Outcome.Categorized("a", OptionalDouble.empty(), "x"));
        assertThat(Outcome.unmatched("x")).isEqualTo(new Outcome.Unmatched(OptionalDouble.empty(), "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "a\nb", "a\u0000", "\u001b[31m", "\u0085", "\u009b", "a\ud800b"})
    void aCategoryHasANameOnOneLine(String name) {
        assertThatThrownBy(() -> Category.of(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameHasAtMostTwoHundredCharacters() {
        assertThat(Category.of("x".repeat(200)).name()).hasSize(200);
        assertThatThrownBy(() -> Category.of("x".repeat(201)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 201");
    }

    @Test
    void aCategoryKeepsItsOwnLists() {
        List<String> words = new ArrayList<>(List.of("a"));
        Category category = new Category("c", "", words, words);
        words.add("b");

        assertThat(category.keywords()).containsExactly("a");
        assertThat(category.examples()).containsExactly("a");
    }

    @Test
    void anItemHasARowFromOneAndKeepsItsTextOutOfLogs() {
        assertThatThrownBy(() -> new Item(0, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Item(7, "secret").toString()).contains("7", "6 chars").doesNotContain("secret");
    }

    @Test
    void onlyTheShapeOfARowCannotBeAskedAboutAgain() {
        EnumSet<FailureCause> never = EnumSet.allOf(FailureCause.class);
        never.removeIf(FailureCause::canAskAgain);

        assertThat(never).containsExactly(FailureCause.CSV_SHAPE);
        assertThat(Arrays.stream(FailureCause.values()).map(FailureCause::text))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }

    @Test
    void theNamesOfTheCausesAreAFormat() {
        assertThat(FailureCause.values())
                .extracting(Enum::name)
                .contains(
                        "CSV_SHAPE",
                        "TIMEOUT",
                        "RATE_LIMIT",
                        "HTTP_4XX",
                        "HTTP_5XX",
                        "UNREACHABLE",
                        "BAD_ANSWER",
                        "WRONG_IDS",
                        "UNKNOWN_CATEGORY",
                        "CONTENT_FILTER",
                        "TOO_LONG",
                        "CATEGORIZER_ERROR");
    }

    @Test
    void aDigestIsTheKnownOneInLowerCase() {
        assertThat(Digest.sha256("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Digest.sha256("é")).isNotEqualTo(Digest.sha256("e"));
    }

    @Test
    void aDigestCanBeFedInPieces() {
        MessageDigest digest = Digest.start();
        digest.update((byte) 'a');
        digest.update(new byte[] {'b', 'c'});

        assertThat(Digest.hex(digest)).isEqualTo(Digest.sha256("abc"));
        assertThat(Digest.hex(digest)).as("reset").isEqualTo(Digest.sha256(""));
    }

    @ParameterizedTest
    @CsvSource({"nam, name", "naem, name", "NAME, name", "keyword, keywords", "exmaples, examples"})
    void theNearestIsSuggested(String typed, String meant) {
        List<String> known = List.of("name", "description", "keywords", "examples");
        assertThat(Suggestion.nearest(typed, known)).contains(meant);
    }

    @Test
    void nothingIsSuggestedThatIsTooFar() {
        assertThat(Suggestion.nearest("zzzz", List.of("name", "task"))).isEmpty();
        assertThat(Suggestion.hint("zzzz", List.of("name", "task"))).isEmpty();
        assertThat(Suggestion.nearest("name", List.of())).isEmpty();
        assertThat(Suggestion.hint("nmae", List.of("name"))).isEqualTo(" (did you mean \"name\"?)");
    }

    @Test
    void aSuggestionForALongTextTakesNoMemoryToSpeakOf() {
        assertThat(Suggestion.nearest("x".repeat(10_000_000), List.of("name", "task")))
                .isEmpty();
    }
}

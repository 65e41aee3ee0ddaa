package dev.pigeonhole.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GramsTest {
    @ParameterizedTest
    @CsvSource({
        "'Hello, World!', ' hello world '",
        "'  a_b-c  ', ' a b c '",
        "'Straße', ' strasse '",
        "'ΣΊΣΥΦΟΣ', ' σίσυφοσ '",
        "'ﬁn ①', ' fin 1 '",
        "'退款abc', ' 退 款 abc '",
        "'भुगतान', ' भुगतान '",
        "'ok🙂$5', ' ok 🙂 $ 5 '",
        "'?!', ' '",
    })
    void folds(String text, String expected) {
        assertThat(FoldedText.of(text).codePoints())
                .isEqualTo(expected.codePoints().toArray());
    }

    @Test
    void cutsLongTextsBetweenCharacters() {
        String text = "a" + "😀".repeat(FoldedText.MAX_LENGTH);
        int[] codePoints = FoldedText.of(text).codePoints();
        assertThat(codePoints).hasSizeLessThanOrEqualTo(FoldedText.MAX_LENGTH + 4);
        assertThat(Arrays.stream(codePoints).distinct()).containsExactly((int) ' ', (int) 'a', 0x1F600);
    }

    @Test
    void wordsAndPairs() {
        assertThat(words("one two three")).hasSize(5);
        assertThat(words("one two")).containsAll(words("one")).containsAll(words("two"));
        assertThat(words("one two")).isNotEqualTo(words("two one"));
    }

    @Test
    void pairsOfEqualWordsDiffer() {
        assertThat(words("top top")).hasSize(3);
        List<Long> other = words("bye bye");
        assertThat(Collections.disjoint(words("top top"), other)).isTrue();
    }

    @Test
    void piecesStayInsideTheWord() {
        assertThat(chars("ab")).hasSize(6);
        assertThat(chars("ab cd"))
                .containsAll(chars("ab"))
                .containsAll(chars("cd"))
                .hasSize(12);
        assertThat(chars("?")).isEmpty();
    }

    private static List<Long> words(String text) {
        return Arrays.stream(Grams.words(FoldedText.of(text))).boxed().toList();
    }

    private static List<Long> chars(String text) {
        return Arrays.stream(Grams.chars(FoldedText.of(text))).boxed().toList();
    }
}

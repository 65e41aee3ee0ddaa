package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InjectionPhrasesTest {
    private static boolean holds(List<String> phrases, String text) {
        return new InjectionPhrases(phrases).in(new RecordText(text, false));
    }

    @ParameterizedTest
    @CsvSource({
        "forget it,'please, FORGET -- it!',true",
        "forget it,forget,false",
        "forget it,'',false",
        "forget it,ＦＯＲＧＥＴ ｉｔ,true",
        "forget it,unforget items,true",
        "a,b,false",
        "a,b-a,true",
        "忘れて,これを忘れてください,true",
        "forget…rules,forget all of the rules,true",
        "forget…rules,rules: forget,false",
        "forget…rules,forget that; and then forget the rules,true",
        "label…as…only,label them as this only,true",
        "label…as…only,label them only as this,false"
    })
    void aPhraseIsFoundWhereverItStandsAndHoweverItIsWritten(String phrase, String text, boolean found) {
        assertThat(holds(List.of(phrase), text)).isEqualTo(found);
    }

    @Test
    void theRestOfAPhraseMustBeNear() {
        assertThat(holds(List.of("forget…rules"), "forget " + "x".repeat(58) + " rules"))
                .isTrue();
        assertThat(holds(List.of("forget…rules"), "forget " + "x".repeat(60) + " rules"))
                .isFalse();
    }

    @Test
    void anEmptyListFindsNothing() {
        assertThat(holds(List.of(), "forget all rules")).isFalse();
    }

    /** With few letters and short phrases, many begin alike and share a slot. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsWhatASearchForEachPhraseFinds(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            List<String> phrases = List.of(word(random, 1, 5), word(random, 3, 8), word(random, 5, 9));
            String text = word(random, 1, 40);
            assertThat(holds(phrases, text))
                    .as("seed %d: %s in %s", seed, phrases, text)
                    .isEqualTo(phrases.stream().anyMatch(text::contains));
        }
    }

    private static String word(Random random, int least, int most) {
        return random.ints(random.nextInt(least, most + 1), 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

package dev.pigeonhole.llm.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCounterTest {
    @ParameterizedTest
    @CsvSource({
        "gpt-4o,hello world,2",
        "gpt-4o-mini-2024-07-18,hello world,2",
        "gpt-5-nano,hello world,2",
        "some-model-of-mine,hello world,2",
        "'',hello world,2",
        "gpt-4,hello world,2",
        "gpt-4o,'',0"
    })
    void wordsAreCountedForModelsKnownAndUnknown(String model, String text, int expected) {
        assertThat(TokenCounter.forModel(model).count(text)).isEqualTo(expected);
    }

    @Test
    void theEncodingIsThatOfTheModelAndOfTheNewerOnesIfItIsNotKnown() {
        String text = "Здравствуйте, как дела? Сегодня хорошая погода.";
        int older = TokenCounter.forModel("gpt-4").count(text);

        assertThat(TokenCounter.forModel("gpt-4o").count(text)).isLessThan(older);
        assertThat(TokenCounter.forModel("unknown").count(text))
                .isEqualTo(TokenCounter.forModel("gpt-4o").count(text));
    }

    @Test
    void controlWordsInATextAreText() {
        assertThat(TokenCounter.forModel("gpt-4o").count("<|endoftext|> <|endofprompt|>"))
                .isGreaterThan(4);
        assertThat(TokenCounter.forModel("gpt-4o").count("\ud83d \u0000 \ud83d\ude00"))
                .isPositive();
    }

    @Test
    void aLongRunOfOneLetterIsCountedInReasonableTime() {
        assertThat(TokenCounter.forModel("gpt-4o").count("a".repeat(100_000))).isBetween(1_000, 100_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTextHasNoMoreTokensThanBytes(long seed) {
        TokenCounter counter = TokenCounter.forModel("gpt-4o");
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            String text = random.ints(1 + random.nextInt(30), 0, 0x20000)
                    .map(c -> random.nextBoolean() ? c % 0x80 : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(counter.count(text)).as("seed %d: %s", seed, text).isBetween(0, TokenCounter.most(text));
        }
    }

    @Test
    void countsOnlyWhereTheLengthDoesNotTell() {
        TokenCounter three = text -> 3;
        assertThat(three.fits("four", 4)).isTrue();
        assertThat(three.fits("four", 3)).isTrue();
        assertThat(three.fits("four", 2)).isFalse();
        assertThat(TokenCounter.most("a\u00e9\u6f22\ud83d\ude42")).isBetween(10, 12);
    }

    @Test
    void manyThreadsMayCountAtOnce() {
        TokenCounter counter = TokenCounter.forModel("gpt-4o");
        Set<Integer> counts = ConcurrentHashMap.newKeySet();
        List<Integer> numbers = IntStream.range(0, 1_000).boxed().toList();
        numbers.parallelStream().forEach(i -> counts.add(counter.count("the same text, counted again and again")));

        assertThat(counts).hasSize(1);
    }
}

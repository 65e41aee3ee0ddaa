package dev.pigeonhole.llm.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void manyThreadsMayCountAtOnce() {
        TokenCounter counter = TokenCounter.forModel("gpt-4o");
        Set<Integer> counts = ConcurrentHashMap.newKeySet();
        List<Integer> numbers = IntStream.range(0, 1_000).boxed().toList();
        numbers.parallelStream().forEach(i -> counts.add(counter.count("the same text, counted again and again")));

        assertThat(counts).hasSize(1);
    }
}

package dev.pigeonhole.llm.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    /** What the newest encoding's own counter says must be what jtokkit says, whatever the text. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theNewestEncodingCountsAsJtokkitDoes(long seed) {
        TokenCounter ours = TokenCounter.forModel("gpt-4o");
        Encoding theirs = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
        Random random = new Random(seed);
        String marks = " \r\n\t/'sTreVE1.\u00a0\u2028\ud83d\ude42";
        for (int i = 0; i < 5_000; i++) {
            String text = random.ints(1 + random.nextInt(40), 0, 0x20000)
                    .map(c -> switch (c & 3) {
                        case 0 -> marks.charAt(c % marks.length());
                        case 1 -> c;
                        case 2 -> c % 0x800;
                        default -> 'a' + c % 26;
                    })
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(ours.count(text)).as("seed %d: %s", seed, text).isEqualTo(theirs.countTokensOrdinary(text));
        }
        String prose = "Where's my parcel (No. 12345)? It's 3 weeks LATE!! \u00dcber die Stra\u00dfe\u2026 ".repeat(50);
        assertThat(ours.count(prose)).isEqualTo(theirs.countTokensOrdinary(prose));
        String run = "!?".repeat(2_000) + "\u0151".repeat(2_000) + " ".repeat(2_000);
        assertThat(ours.count(run)).isEqualTo(theirs.countTokensOrdinary(run));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o",
                "gpt-4o-mini",
                "gpt-4o-2024-08-06",
                "gpt-4",
                "gpt-4-32k-0314",
                "gpt-4-turbo",
                "gpt-3.5-turbo",
                "gpt-3.5-turbo-16k-0613",
                "text-davinci-003",
                "text-embedding-3-small",
                "davinci"
            })
    void aModelHasTheEncodingThatJtokkitNames(String model) {
        String text = "Здравствуйте, as 字 said: 1234 !!!\n\n\tcode";
        Encoding theirs =
                Encodings.newLazyEncodingRegistry().getEncodingForModel(model).orElseThrow();
        assertThat(TokenCounter.forModel(model).count(text)).isEqualTo(theirs.countTokensOrdinary(text));
    }

    /** By the beginning of their names they would be counted as gpt-4 is. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt-4.1", "gpt-4.1-nano", "gpt-4.1-mini-2025-04-14", "gpt-4.5-preview"})
    void modelsNewerThanJtokkitHaveTheNewestEncoding(String model) {
        String text = "Здравствуйте, как дела? Сегодня хорошая погода.";

        assertThat(TokenCounter.forModel(model).count(text))
                .isEqualTo(TokenCounter.forModel("gpt-4o").count(text))
                .isLessThan(TokenCounter.forModel("gpt-4").count(text));
    }

    @Test
    void aTableWithAGapIsRefused() {
        byte[] table = "IQ== 0\nIg== 2\n".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> TokenTable.read(new ByteArrayInputStream(table)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rank 1");
    }

    @Test
    void aTableKnowsItsTokensAndNoOthers() throws IOException {
        byte[] table = "YQ== 0\nYg== 1\nYWI= 2\n".getBytes(StandardCharsets.US_ASCII);
        TokenTable read = TokenTable.read(new ByteArrayInputStream(table));
        byte[] text = "abba".getBytes(StandardCharsets.US_ASCII);
        assertThat(read.rank(text, 0, 1)).isZero();
        assertThat(read.rank(text, 1, 2)).isEqualTo(1);
        assertThat(read.rank(text, 0, 2)).isEqualTo(2);
        assertThat(read.rank(text, 2, 4)).isEqualTo(TokenTable.NONE);
        assertThat(read.rank(text, 0, 4)).isEqualTo(TokenTable.NONE);
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

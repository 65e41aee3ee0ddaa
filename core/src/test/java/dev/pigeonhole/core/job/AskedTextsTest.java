package dev.pigeonhole.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AskedTextsTest {
    @Test
    void aTextThatWasSeenIsAlwaysKnown() {
        AskedTexts texts = new AskedTexts(1_000);
        IntStream.range(0, 5_000).forEach(i -> texts.add("text " + i));
        assertThat(IntStream.range(0, 5_000)).allMatch(i -> texts.add("text " + i));
    }

    @Test
    void fewTextsAreTakenForSeenOnesHoweverManyThereAre() {
        int many = 1_000_000;
        AskedTexts texts = new AskedTexts(many);
        long taken = IntStream.range(0, many)
                .filter(i -> texts.add("order " + i + " of today"))
                .count();
        assertThat(taken).isLessThan(many / 500);
    }

    @Test
    void ofASmallFileNoneIs() {
        for (int file = 0; file < 100; file++) {
            AskedTexts texts = new AskedTexts(200);
            int number = file;
            assertThat(IntStream.range(0, 200).filter(i -> texts.add("file " + number + " text " + i)))
                    .isEmpty();
        }
    }
}

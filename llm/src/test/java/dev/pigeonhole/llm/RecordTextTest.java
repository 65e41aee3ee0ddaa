package dev.pigeonhole.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.llm.money.TokenCounter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTextTest {
    private static RecordText of(String raw, int tokens) {
        return RecordText.of(raw, tokens, Bench.COUNTER);
    }

    @Test
    void shortTextStaysWhole() {
        assertThat(of("where is my parcel\n\tplease", 400))
                .isEqualTo(new RecordText("where is my parcel\n\tplease", false));
    }

    @Test
    void whatCannotBeSeenGoes() {
        assertThat(of("\ufeffa\u200bb\u202ec\u2066d\u0000e\u001bf\u00adg\udb40\udc41h\r\ni", 400)
                        .text())
                .isEqualTo("abcd e fgh \ni");
        assertThat(of("\u200b\u0000", 400).text()).isEmpty();
    }

    @Test
    void composedAndDecomposedLettersAreTheSame() {
        assertThat(of("cafe\u0301", 400)).isEqualTo(of("caf\u00e9", 400));
    }

    @Test
    void whatIsShortEnoughInBytesIsNotCounted() {
        TokenCounter none = text -> {
            throw new AssertionError("counted");
        };
        assertThat(RecordText.of("x".repeat(400), 400, none).cut()).isFalse();
        assertThat(RecordText.of("\u6f22".repeat(133), 400, none).cut()).isFalse();
    }

    @Test
    void longTextKeepsBothEndsAndSaysSo() {
        RecordText cut = of("begin " + "x".repeat(100_000) + " end", 50);
        assertThat(cut.cut()).isTrue();
        assertThat(cut.text()).startsWith("begin x").endsWith("x end").contains(" […] ");
        assertThat(Bench.COUNTER.count(cut.text())).isBetween(40, 50);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noCharacterIsCutInHalf(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String raw = "🙂é漢a".repeat(1 + random.nextInt(500));
            RecordText cut = of(raw.substring(0, random.nextInt(raw.length())), 16 + random.nextInt(60));
            assertThat(cut.text().codePoints())
                    .as("seed %d", seed)
                    .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
        }
    }

    @Test
    void cutTextIsMarkedInTheRecord() {
        assertThat(PromptWriter.record("r01", new RecordText("a", true)))
                .isEqualTo("{\"id\":\"r01\",\"text\":\"a\",\"cut\":true}");
        assertThat(PromptWriter.record("r01", new RecordText("a", false))).isEqualTo("{\"id\":\"r01\",\"text\":\"a\"}");
    }
}

package dev.pigeonhole.local.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GramsTest {
    private final Grams grams = new Grams();

    @ParameterizedTest
    @CsvSource({
        "Hello World,  hello world",
        "'Hello, world!', hello world",
        "CAFÉ crème,  cafe creme",
        "ＦＵＬＬ width, full width",
        "STRASSE,  straße",
        "ﬁnance,  finance",
        "ΌΔΟΣ,  οδος",
        "Ёлка ЁЖ,  елка еж",
        "İstanbul,  istanbul",
        "Việt Nam,  viet nam",
        "مُحَمَّد,  محمد",
        "שָׁלוֹם, שלום",
        "한국어, 한국어",
        "ｶﾞｽ, ガス",
        "Rech\u00ADnung, Rechnung",
        "می\u200Cخواهم, میخواهم",
    })
    void formsOfTheSameTextAreOne(String one, String other) {
        assertThat(keys(one)).isNotEmpty().containsExactly(keys(other));
    }

    @ParameterizedTest
    @CsvSource({"card, cart", "कि, की", "か, が", "은행, 은항", "你好, 你们", "a\u200Bb, ab", "100, 101", "$5, €5"})
    void otherTextsAreOthers(String one, String other) {
        assertThat(keys(one)).isNotEqualTo(keys(other));
    }

    @Test
    void wordsPairsAndPieces() {
        // Words: a, b, "a b". Pieces: " a", " a ", "a ", " b", " b ", "b ".
        grams.read("a b");
        assertThat(grams.words()).isEqualTo(3);
        assertThat(grams.size()).isEqualTo(9);
    }

    @Test
    void whatStandsTwiceIsListedTwice() {
        long[] keys = keys("no no");
        assertThat(keys[0]).isEqualTo(keys[2]);
    }

    @Test
    void anIdeographIsAWordAndPiecesRunOn() {
        // Words: 我 要 退 款 and three pairs. Pieces of " 我要退款 ": five of 2, four of 3, three of 4, two of 5.
        grams.read("我要退款");
        assertThat(grams.words()).isEqualTo(7);
        assertThat(grams.size() - grams.words()).isEqualTo(14);
        assertThat(shared("我要退款", "请给我退款")).isGreaterThanOrEqualTo(6);
    }

    @Test
    void scriptsWithoutSpacesShareThePieces() {
        assertThat(shared("ฉันต้องการคืนเงิน", "ขอคืนเงินหน่อย")).isGreaterThan(10);
        assertThat(shared("口座を解約したい", "口座の解約について")).isGreaterThan(5);
        assertThat(shared("donaudampfschifffahrt", "dampfschiff")).isGreaterThan(20);
    }

    @Test
    void wordsAndPiecesAreNeverTheSame() {
        Set<Long> words = new HashSet<>();
        Set<Long> pieces = new HashSet<>();
        grams.read("to be or not to be, that is the question");
        for (int i = 0; i < grams.size(); i++) {
            (i < grams.words() ? words : pieces).add(grams.key(i));
        }
        assertThat(words).allMatch(Grams::isWord).doesNotContainAnyElementsOf(pieces);
        assertThat(pieces).noneMatch(Grams::isWord);
    }

    @Test
    void anyTextCanBeRead() {
        long seed = 77;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            int[] chars = random.ints(random.nextInt(40), 0, Character.MAX_CODE_POINT + 1)
                    .toArray();
            keys(new String(chars, 0, chars.length));
            char[] halves = new char[random.nextInt(40)];
            for (int c = 0; c < halves.length; c++) {
                halves[c] = (char) random.nextInt(0x10000);
            }
            keys(new String(halves));
        }
        assertThat(keys("")).as("seed %d", seed).isEmpty();
        assertThat(keys(" .,;!?\t\n")).isEmpty();
    }

    @Test
    void ofAMegabyteOnlyTheBeginningIsLookedAt() {
        String beginning = "word ".repeat(4_000).substring(0, FoldedCharacters.MAX_LENGTH);
        assertThat(keys(beginning + "x".repeat(1_000_000))).containsExactly(keys(beginning));
        assertThat(keys("\uFDFA".repeat(1_000_000))).hasSizeLessThan(18 * 6 * FoldedCharacters.MAX_LENGTH);
        assertThat(keys("a$".repeat(500_000))).isNotEmpty();
        assertThat(keys("ß₪".repeat(500_000))).isNotEmpty();
    }

    private long[] keys(String text) {
        grams.read(text);
        return LongStream.range(0, grams.size()).map(i -> grams.key((int) i)).toArray();
    }

    private long shared(String one, String other) {
        Set<Long> keys = new HashSet<>();
        Arrays.stream(keys(one)).forEach(keys::add);
        return Arrays.stream(keys(other)).distinct().filter(keys::contains).count();
    }
}

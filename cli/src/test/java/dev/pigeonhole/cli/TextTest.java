package dev.pigeonhole.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.workspace.DistinctTexts;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small things that make text: plain text, the strip of batches, JSON, the terminal, distinct texts. */
class TextTest {
    /** Anything that a terminal would obey, or that would turn the text around. */
    private static final String UNSAFE =
            "(?s).*[\\p{Cntrl}\\u0080-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069].*";

    @Nested
    class PlainText {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\u001b[31mred",
                    "\u009b31mred",
                    "\u001b]0;title\u0007",
                    "a\u0000b",
                    "a\u007fb",
                    "a\rb\nc\td\u000b\f",
                    "a\u0085b",
                    "\u202egnp.exe",
                    "\u2066a\u2069",
                    "\u200fa\u200e\u061c",
                    "a\u2028b\u2029c"
                })
        void holdsNothingThatATerminalObeys(String hostile) {
            assertThat(Plain.text(hostile)).doesNotMatch(UNSAFE);
            assertThat(Plain.lines(hostile).replace("\n", "")).doesNotMatch(UNSAFE);
        }

        @Test
        void leavesOrdinaryTextOfAllKindsAlone() {
            String text = "Zürich, 東京, привет, مرحبا, 👍🏽, a'b\"c\\d <b>";
            assertThat(Plain.text(text)).isEqualTo(text);
        }

        @Test
        void keepsLinesWhereTheyAreWanted() {
            assertThat(Plain.lines("a\u001b[0m\nb\r\nc")).isEqualTo("a [0m\nb\nc");
        }

        @Test
        void numbersHaveGroups() {
            assertThat(Plain.number(12_431)).isEqualTo("12,431");
            assertThat(Plain.count(1, "row", "rows")).isEqualTo("1 row");
            assertThat(Plain.count(0, "row", "rows")).isEqualTo("0 rows");
        }

        @ParameterizedTest
        @CsvSource({"0, 0.0 s", "1240, 1.2 s", "59999, 60.0 s", "200000, 3 min 20 s", "5460000, 1 h 31 min"})
        void durationsAreInWords(long millis, String text) {
            assertThat(Plain.duration(Duration.ofMillis(millis))).isEqualTo(text);
        }

        @Test
        void aWordOfACommandLineIsQuotedWhenAShellWouldSeeMoreInIt() {
            assertThat(Plain.word("/data/my-jobs.d")).isEqualTo("/data/my-jobs.d");
            assertThat(Plain.word("my jobs")).isEqualTo("'my jobs'");
            assertThat(Plain.word("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
            assertThat(Plain.word("")).isEqualTo("''");
        }
    }

    @Nested
    class Strip {
        @ParameterizedTest
        @CsvSource({
            "0, 10, 0, 100, ··········",
            "0, 10, 1, 100, ▣·········",
            "3, 10, 45, 100, ■■■▣▣·····",
            "10, 10, 100, 100, ■■■■■■■■■■",
            "0, 1, 0, 50, ·",
            "1, 1, 50, 50, ■",
            "0, 0, 0, 0, ■"
        })
        void showsWhatIsFinishedUnderWayAndToCome(long finished, long total, long done, long rows, String strip) {
            assertThat(BatchStrip.of(finished, total, done, rows)).isEqualTo(strip);
        }

        @Test
        void isNeverLongerThanTwentySignsNorFullBeforeTheEnd() {
            Random random = new Random(7);
            for (int i = 0; i < 2_000; i++) {
                long total = 1 + random.nextInt(5_000);
                long rows = total * 2_000;
                long finished = random.nextLong(total);
                long done = Math.min(rows - 1, finished * 2_000 + random.nextInt(100_000));
                String strip = BatchStrip.of(finished, total, done, rows);
                assertThat(strip).hasSize((int) Math.min(20, total)).doesNotMatch("■+");
            }
        }
    }

    @Nested
    class JsonLine {
        @Test
        void readsBackAsItWas() {
            Map<String, Object> inner = Map.of("k", List.of("a", 1L, true));
            String line = new Json()
                    .line(new java.util.LinkedHashMap<>(Map.of(
                            "text", "a\"b\\c\n\u0000\u001b\u009b\u2028\u202e 👍 é", "number", 1L << 40, "map", inner)));
            assertThat(line).doesNotMatch(UNSAFE);
            assertThat(JsonText.object(line))
                    .containsEntry("text", "a\"b\\c\n\u0000\u001b\u009b\u2028\u202e 👍 é")
                    .containsEntry("number", 1L << 40)
                    .containsEntry("map", inner);
        }

        @Test
        void hasNullForWhatIsNotThere() {
            Map<String, Object> map = new java.util.LinkedHashMap<>();
            map.put("none", null);
            map.put("empty", Optional.empty());
            map.put("some", Optional.of("x"));
            map.put("real", 0.5);
            assertThat(new Json().line(map)).isEqualTo("{\"none\":null,\"empty\":null,\"some\":\"x\",\"real\":0.5}");
        }

        @Test
        void escapesHostileNamesToo() {
            String line = new Json().line(Map.of("a\u009b31m\u001b[0m", 1L));
            assertThat(line).doesNotMatch(UNSAFE);
            assertThat(JsonText.object(line)).containsKey("a\u009b31m\u001b[0m");
        }
    }

    @Nested
    class TheTerminal {
        private Terminal of(String... variables) {
            Map<String, String> environment =
                    Stream.of(variables).map(v -> v.split("=", 2)).collect(Collectors.toMap(v -> v[0], v -> v[1]));
            return Terminal.of(new PrintWriter(Writer.nullWriter()), environment);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "TERM=xterm | false | false",
                    "PIGEONHOLE_STDERR_TTY=1 TERM=xterm | true | true",
                    "PIGEONHOLE_STDERR_TTY=0 | false | false",
                    "PIGEONHOLE_STDERR_TTY=1 TERM=dumb | false | false",
                    "PIGEONHOLE_STDERR_TTY=1 CI=true | false | false",
                    "PIGEONHOLE_STDERR_TTY=1 NO_COLOR=1 | true | false",
                    "PIGEONHOLE_STDERR_TTY=1 NO_COLOR= | true | true",
                    "CLICOLOR_FORCE=1 | false | true",
                    "CLICOLOR_FORCE=0 | false | false",
                    "CLICOLOR_FORCE=1 CI=true | false | true",
                    "CLICOLOR_FORCE=1 NO_COLOR=1 | false | false"
                })
        void isAskedByTheVariablesOthersUse(String variables, boolean interactive, boolean color) {
            Terminal terminal = of(variables.split(" "));
            assertThat(terminal.interactive()).isEqualTo(interactive);
            assertThat(terminal.color()).isEqualTo(color);
        }

        @ParameterizedTest
        @CsvSource({"40, 40", "7, 20", "'', 80", "wide, 80", "-5, 80", "999999999999, 80"})
        void isAsWideAsItSaysIfThatIsPossible(String columns, int width) {
            assertThat(of("COLUMNS=" + columns).columns()).isEqualTo(width);
        }

        @Test
        void withoutColorTextStaysAsItIs() {
            assertThat(of("TERM=dumb").red("a")).isEqualTo("a");
            assertThat(of("CLICOLOR_FORCE=1").red("a")).isEqualTo("\u001b[31ma\u001b[0m");
        }
    }

    @Nested
    class Distinct {
        @Test
        void fewTextsAreCountedExactly() {
            DistinctTexts texts = new DistinctTexts();
            IntStream.range(0, 300_000).forEach(i -> texts.add("text " + i % 100_000));
            assertThat(texts.isExact()).isTrue();
            assertThat(texts.count()).isEqualTo(100_000);
        }

        @Test
        void manyTextsAreCountedWithinOnePercent() {
            DistinctTexts texts = new DistinctTexts();
            for (int i = 0; i < 1_000_000; i++) {
                texts.add("text " + i % 700_001);
                if (i == 100_000) {
                    assertThat(texts.isExact()).isFalse();
                    assertThat(texts.count()).isBetween(99_000L, 101_000L);
                }
            }
            assertThat(texts.count()).isBetween(693_000L, 707_000L);
        }

        @Test
        void noTextIsNoText() {
            assertThat(new DistinctTexts().count()).isZero();
        }
    }
}

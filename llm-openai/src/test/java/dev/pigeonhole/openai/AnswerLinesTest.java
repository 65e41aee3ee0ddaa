package dev.pigeonhole.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.llm.BatchLine;
import dev.pigeonhole.llm.ChatFailedException;
import dev.pigeonhole.llm.ChatReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerLinesTest {
    private static final OpenAiErrors ERRORS = new OpenAiErrors(
            Calls.settings("http://127.0.0.1:1/v1").endpoint(), ApiKey.of(Calls.KEY, "the test"), Calls.CLOCK);

    private static List<String> read(InputStream in) throws IOException {
        List<String> all = new ArrayList<>();
        new AnswerLines(ERRORS, line -> all.add(shown(line))).read(in);
        return all;
    }

    private static List<String> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String shown(BatchLine line) {
        if (line instanceof BatchLine.Answered answered) {
            ChatReply reply = answered.reply();
            return "answered " + answered.customId() + " " + reply.text() + " " + reply.finish() + " "
                    + reply.requestId() + " " + reply.usage().input() + "/"
                    + reply.usage().cachedInput() + "/" + reply.usage().output();
        } else if (line instanceof BatchLine.Failed failed) {
            return (failed.expired() ? "expired " : "failed ") + failed.customId() + ": " + failed.message();
        }
        return "unreadable: " + ((BatchLine.Unreadable) line).message();
    }

    static Stream<String[]> cases() {
        return Tables.of("batch-lines.txt", 2);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachKindOfLineIsToldFromTheOthers(String line, String expected) throws IOException {
        assertThat(read(line)).containsExactly(expected);
        assertThat(read(line + "\r\n")).containsExactly(expected);
    }

    private static String line(String id, String answer) {
        return "{\"custom_id\":\"" + id + "\",\"response\":{\"status_code\":200,\"body\":{\"choices\":[{\"message\":"
                + "{\"content\":\"" + answer + "\"},\"finish_reason\":\"stop\"}]}},\"error\":null}";
    }

    @Test
    void emptyLinesAreNoneAndTheNumberIsThatOfTheFile() throws IOException {
        assertThat(read("\n" + line("a", "Ü") + "\n \r\nx\n" + line("b", "2") + "\n\n"))
                .containsExactly(
                        "answered a Ü STOP  0/0/0",
                        "unreadable: line 4 of the batch's answers is no JSON, or was cut off",
                        "answered b 2 STOP  0/0/0");
        assertThat(read("")).isEmpty();
    }

    @Test
    void aLineThatIsTooLongIsLeftOutAndTheRestIsRead() throws IOException {
        String tooLong = "{\"custom_id\":\"" + "x".repeat(AnswerLines.LONGEST) + "\"}";
        String longest =
                line("b", "y".repeat(AnswerLines.LONGEST - line("b", "").length()));
        List<String> all = read(line("a", "1") + "\n" + tooLong + "\n" + longest + "\n" + line("c", "3"));
        assertThat(all).hasSize(4);
        assertThat(all.get(1)).isEqualTo("unreadable: line 2 of the batch's answers is longer than 4 MiB");
        assertThat(all.get(2)).startsWith("answered b yyy");
        assertThat(all.get(3)).startsWith("answered c 3");
    }

    @Test
    void aFileWithoutEndIsNotReadToItsEnd() {
        List<BatchLine> all = new ArrayList<>();
        AnswerLines lines = new AnswerLines(ERRORS, all::add, 8 << 20);
        assertThatThrownBy(() -> lines.read(new Endless()))
                .isInstanceOf(ChatFailedException.class)
                .hasMessageContaining("longer than 8 MiB");
        assertThat(all).isEmpty();
    }

    /** One line that never ends. */
    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] block, int from, int length) {
            return length;
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 20), LongStream.of(System.nanoTime()));
    }

    /** A network hands a file over in pieces of any size, also in the middle of a letter. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whereTheNetworkCutsMakesNoDifference(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder file = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String answer = "ü€😀".repeat(random.nextInt(40));
            file.append(line("id-" + i, answer)).append(random.nextBoolean() ? "\n" : "\r\n");
            expected.add("answered id-" + i + " " + answer + " STOP  0/0/0");
        }
        assertThat(read(inPieces(file.toString(), random))).isEqualTo(expected);
    }

    private static InputStream inPieces(String text, Random random) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public int read(byte[] block, int from, int length) {
                return super.read(block, from, Math.min(length, 1 + random.nextInt(97)));
            }
        };
    }
}

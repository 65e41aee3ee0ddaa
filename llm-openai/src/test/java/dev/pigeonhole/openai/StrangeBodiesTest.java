package dev.pigeonhole.openai;

import static dev.pigeonhole.llm.ChatFailedException.Kind.BROKEN_ANSWER;
import static dev.pigeonhole.llm.ChatFailedException.Kind.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.llm.ChatFailedException;
import dev.pigeonhole.llm.ChatReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that few servers send: they are read as what they say, or they are broken answers; never more than a bounded part is held. */
class StrangeBodiesTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private static RawServer.Handler sends(byte[] body, String... headers) {
        return (connection, out) -> {
            RawServer.write(
                    out,
                    "HTTP/1.1 200 OK\r\n" + String.join("", headers) + "Content-Length: " + body.length + "\r\n\r\n");
            out.write(body);
            out.flush();
        };
    }

    private static ChatReply reply(byte[] body, String... headers) throws IOException {
        try (RawServer server = new RawServer(sends(body, headers));
                OpenAiChatModel model = Calls.model(server.url())) {
            return model.complete(Calls.within(LONG));
        }
    }

    private static ChatFailedException failure(byte[] body) throws IOException {
        try (RawServer server = new RawServer(sends(body));
                OpenAiChatModel model = Calls.model(server.url())) {
            ChatFailedException failure = Calls.failure(model, Calls.within(LONG));
            assertThat(server.requests).hasValue(1);
            return failure;
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,true", "UTF-16BE,true", "UTF-16LE,true", "UTF-16BE,false", "UTF-16LE,false"})
    void anyUnicodeIsReadWithAMarkOrWithout(Charset charset, boolean mark) throws IOException {
        byte[] body = ((mark ? "\ufeff" : "") + Calls.answer("\"Über 🐀\"")).getBytes(charset);
        assertThat(reply(body).text()).isEqualTo("Über 🐀");
    }

    /** What a header says of the encoding does not make other letters of it. */
    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=ISO-8859-1", "text/plain; charset=klingon", "x", ";;;"})
    void theBytesCountAndNotTheContentType(String type) throws IOException {
        byte[] body = Calls.answer("\"Über\"").getBytes(StandardCharsets.UTF_8);
        assertThat(reply(body, "Content-Type: " + type + "\r\n").text()).isEqualTo("Über");
    }

    @Test
    void bytesThatAreNoTextAreABrokenAnswer() throws IOException {
        byte[] body = Calls.answer("\"a\u00e9b\"").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(failure(body).kind()).isEqualTo(BROKEN_ANSWER);
        byte[] half = Calls.answer("\"a\"").getBytes(StandardCharsets.UTF_16LE);
        assertThat(failure(Arrays.copyOf(half, half.length - 1)).kind()).isEqualTo(BROKEN_ANSWER);
    }

    static Stream<String> monsters() {
        return Stream.of(
                "{\"choices\":[{\"message\":{\"content\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}}]}",
                "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
                "{\"usage\":{\"prompt_tokens\":" + "9".repeat(100_000) + "},\"choices\":[]}",
                "{\"usage\":{\"prompt_tokens\":1e999999999},\"choices\":[]}",
                "{\"" + "k".repeat(1_000_000) + "\":1}",
                "{\"choices\":[" + "{},".repeat(300_000) + "{}]}",
                "\u0000".repeat(1_000));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("monsters")
    void monstersAreBrokenAnswers(String body) throws IOException {
        assertThat(failure(body.getBytes(StandardCharsets.UTF_8)).kind()).isEqualTo(BROKEN_ANSWER);
    }

    /** Counts that no bill can have do not get into ours; what they are beside is used all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "99999999999999999999999", "1e30", "0.1e1"})
    void countsOfTokensThatCannotBeTrueDoNoHarm(String count) throws IOException {
        String body = Calls.answer("\"a\"").replace("\"prompt_tokens\":90", "\"prompt_tokens\":" + count);
        ChatReply reply = reply(body.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.text()).isEqualTo("a");
        assertThat(reply.usage().output()).isEqualTo(7);
    }

    /** Which of two is meant nobody can say: one of them is read, or none. */
    @Test
    void keysThatComeTwiceAreReadOnceOrNotAtAll() throws IOException {
        String choice = "[{\"message\":{\"content\":\"%s\",\"content\":\"%s\"},\"finish_reason\":\"stop\"}]";
        String body = "{\"choices\":" + choice.formatted("a", "b") + ",\"choices\":" + choice.formatted("c", "d") + "}";
        try (RawServer server = new RawServer(sends(body.getBytes(StandardCharsets.UTF_8)));
                OpenAiChatModel model = Calls.model(server.url())) {
            ChatFailedException failure = Calls.failure(model, Calls.within(LONG));
            if (failure == null) {
                assertThat(model.complete(Calls.within(LONG)).text()).isIn("a", "b", "c", "d");
            } else {
                assertThat(failure.kind()).isEqualTo(BROKEN_ANSWER);
            }
        }
    }

    /** A hundred megabytes, said and sent; and a heap in which they would not fit. */
    @Test
    void aHundredMegabytesDoNotFillASmallHeap() throws Exception {
        byte[] block = "{\"choices\":[{\"message\":{\"content\":\""
                .concat("x".repeat(1 << 20))
                .getBytes(StandardCharsets.UTF_8);
        try (RawServer server = new RawServer((connection, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n");
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
        })) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx32m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            OneCall.class.getName(),
                            server.url())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(said)
                    .contains("longer than 4 MiB", "the end")
                    .doesNotContain("OutOfMemory")
                    .doesNotContain("xxxxxx");
        }
    }

    /** Whoever answers in plain words where TLS is expected has been sent nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "220 mail ready\r\n", "\u0000\u0001"})
    void aPlainAnswerWhereTlsIsExpectedIsUnreachableAndNotBilled(String plain) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OpenAiChatModel model = Calls.model("https://127.0.0.1:" + socket.getLocalPort() + "/v1")) {
            Thread server = new Thread(() -> {
                try (Socket connection = socket.accept()) {
                    RawServer.write(connection.getOutputStream(), plain);
                    connection.shutdownOutput();
                    connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                    return; // The client has gone.
                }
            });
            server.setDaemon(true);
            server.start();
            ChatFailedException failure = Calls.failure(model, Calls.within(LONG));
            assertThat(failure.kind()).isEqualTo(UNREACHABLE);
            assertThat(failure.kind().mayBeBilled()).isFalse();
            assertThat(failure).hasMessageContaining("127.0.0.1");
            assertThat(failure).hasMessageNotContaining(Calls.KEY);
        }
    }
}

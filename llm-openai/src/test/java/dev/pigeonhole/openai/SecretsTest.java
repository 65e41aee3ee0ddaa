package dev.pigeonhole.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A server may quote all that it was sent; what we say about it must not. */
class SecretsTest {
    private static final String ECHO =
            "Bad \\u001b[31mkey\\r\\n" + Calls.KEY + " for sk-other-key-1234567890 in {\\\"r01\\\":\\\""
                    + Calls.ROW_TEXT + "\\\"} of " + Calls.ROW_TEXT.substring(3) + " end";

    private static final String[] ANSWERS = {
        "401 Unauthorized\r\n|{\"error\":{\"message\":\"" + ECHO + "\",\"code\":\"" + ECHO + "\"}}",
        "400 Bad Request\r\n|{\"error\":{\"message\":\"temperature is not supported " + ECHO + "\"}}",
        "400 Bad Request\r\n|{\"error\":{\"message\":\"response_format " + ECHO + "\"}}",
        "429 Too Many\r\n|{\"error\":{\"type\":\"" + ECHO + "\",\"message\":\"" + ECHO + "\"}}",
        "500 " + Calls.KEY + "\r\n|" + Calls.KEY + " " + Calls.ROW_TEXT,
        "302 Found\r\nLocation: https://" + Calls.KEY + ".example/" + Calls.KEY + "\r\n|",
        "200 OK\r\nX-Request-Id: " + Calls.KEY + " " + Calls.ROW_TEXT + "\r\n|" + Calls.KEY + " " + Calls.ROW_TEXT,
        "200 OK\r\n|{\"error\":{\"message\":\"" + ECHO + "\"}}",
        "200 OK\r\n|{\"choices\":[{\"message\":\"" + Calls.ROW_TEXT + "\"}]}",
        "2x0 " + Calls.KEY + " " + Calls.ROW_TEXT + "\r\n|",
        "200 OK\r\nContent-Length: " + Calls.KEY + Calls.ROW_TEXT + "\r\nTransfer-Encoding: chunked\r\n|" + Calls.KEY
    };

    private static RawServer.Handler sends(String answer) {
        String[] parts = answer.split("\\|", 2);
        return (connection, out) -> {
            boolean framed = parts[0].contains("chunked");
            String length =
                    framed ? "" : "Content-Length: " + parts[1].getBytes(StandardCharsets.UTF_8).length + "\r\n";
            RawServer.write(out, "HTTP/1.1 " + parts[0] + length + "\r\n" + parts[1]);
            if (framed) {
                connection.close();
            }
        };
    }

    @Test
    void neitherKeyNorTextIsInAnythingThatIsThrown() throws Exception {
        for (String answer : ANSWERS) {
            try (RawServer server = new RawServer(sends(answer));
                    OpenAiChatModel model = Calls.model(server.url())) {
                Throwable thrown = catchThrowable(() -> model.complete(Calls.request(Calls.SCHEMA)));
                assertThat(thrown).as(answer).isInstanceOf(dev.pigeonhole.core.PigeonholeException.class);
                StringWriter trace = new StringWriter();
                thrown.printStackTrace(new PrintWriter(trace));
                assertClean(trace.toString().replace("\n", "").replace("\t", ""));
                assertThat(thrown.getMessage().length()).isLessThan(500);
                assertClean(model + " " + Calls.request(Calls.SCHEMA) + " " + model.fingerprint());
            }
        }
    }

    private static void assertClean(String text) {
        assertThat(text)
                .doesNotContain(Calls.KEY)
                .doesNotContain("sk-other")
                .doesNotContain(Calls.ROW_TEXT)
                .doesNotContain(Calls.ROW_TEXT.substring(3))
                .doesNotContain("Wombat")
                .matches("[^\\p{Cntrl}]*");
    }

    /** Also with the variable that makes the SDK print bodies. And a process that is done ends. */
    @Test
    void nothingIsPrintedAndTheProcessEnds() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (RawServer server = new RawServer((connection, out) -> {
            String body = calls.incrementAndGet() == 1
                    ? "200 OK\r\n|" + Calls.answer("\"" + Calls.ROW_TEXT + "\"")
                    : ANSWERS[0];
            sends(body).answer(connection, out);
        })) {
            ProcessBuilder child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            OneCall.class.getName(),
                            server.url())
                    .redirectErrorStream(true);
            child.environment().put("OPENAI_LOG", "debug");
            Process process = child.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(said).contains("the end").contains("ChatReply[").contains("401");
            assertClean(said.replace("\n", "").replace("\t", "").replace("\r", ""));
        }
    }
}

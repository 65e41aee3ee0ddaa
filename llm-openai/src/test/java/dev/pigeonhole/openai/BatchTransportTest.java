package dev.pigeonhole.openai;

import static dev.pigeonhole.llm.ChatFailedException.Kind.BROKEN_ANSWER;
import static dev.pigeonhole.llm.ChatFailedException.Kind.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pigeonhole.llm.BatchLine;
import dev.pigeonhole.llm.BatchModel;
import dev.pigeonhole.llm.ChatFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batch API over connections that break, and with servers that quote what they were sent. */
class BatchTransportTest {
    private static final String LINE = "{\"custom_id\":\"a\",\"response\":{\"status_code\":200,\"body\":"
            + "{\"choices\":[{\"message\":{\"content\":\"1\"},\"finish_reason\":\"stop\"}]}}}\n";

    @TempDir
    private Path folder;

    private interface Use {
        void with(BatchModel batches) throws IOException;
    }

    /** How a call fails at a server that answers like this, which must have been asked once. */
    private static ChatFailedException failure(RawServer.Handler handler, Use use) throws IOException {
        try (RawServer server = new RawServer(handler);
                OpenAiChatModel model = Calls.model(server.url())) {
            BatchModel batches = model.batches().orElseThrow();
            ChatFailedException failure = catchThrowableOfType(ChatFailedException.class, () -> use.with(batches));
            assertThat(server.requests).hasValue(1);
            return failure;
        }
    }

    @Test
    void aBatchWhoseAnswerIsCutOffMayHaveBeenMade() throws IOException {
        String cut = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\":\"batch_1\",";
        List<RawServer.Handler> handlers = List.of((connection, out) -> connection.close(), (connection, out) -> {
            RawServer.write(out, cut);
            connection.close();
        });
        for (RawServer.Handler handler : handlers) {
            ChatFailedException failure = failure(handler, batches -> batches.create("file-1", Map.of("job", "k3")));
            assertThat(failure.kind()).isEqualTo(BROKEN_ANSWER);
            assertThat(failure.kind().mayBeBilled()).isTrue();
        }
    }

    @Test
    void anUploadThatTheServerBreaksOffIsSentOnce() throws IOException {
        Path file = Files.write(folder.resolve("b.jsonl"), new byte[3 << 20]);
        ChatFailedException failure = failure((connection, out) -> connection.close(), batches -> batches.upload(file));
        assertThat(failure.kind()).isEqualTo(BROKEN_ANSWER);
    }

    @Test
    void aServerThatIsNotThereIsUnreachableForEveryCall() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Path file = Files.writeString(folder.resolve("b.jsonl"), "{}\n");
        List<Use> calls = List.of(
                batches -> batches.upload(file),
                batches -> batches.create("file-1", Map.of()),
                batches -> batches.find(Map.of()),
                batches -> batches.retrieve("b"),
                batches -> batches.cancel("b"),
                batches -> batches.read("f", line -> {}),
                batches -> batches.delete("f"));
        try (OpenAiChatModel model = Calls.model("http://127.0.0.1:" + free + "/v1")) {
            BatchModel batches = model.batches().orElseThrow();
            for (Use call : calls) {
                ChatFailedException failure = catchThrowableOfType(ChatFailedException.class, () -> call.with(batches));
                assertThat(failure.kind()).isEqualTo(UNREACHABLE);
            }
        }
    }

    /** The second line is sent only after the first one has been handed over. */
    @Test
    void linesAreHandedOverWhileTheFileStillArrives() throws IOException {
        CountDownLatch seen = new CountDownLatch(1);
        List<BatchLine> lines = new ArrayList<>();
        try (RawServer server = new RawServer((connection, out) -> {
                    RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + 2 * LINE.length() + "\r\n\r\n" + LINE);
                    assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
                    RawServer.write(out, LINE);
                });
                OpenAiChatModel model = Calls.model(server.url())) {
            model.batches().orElseThrow().read("file-o", line -> {
                lines.add(line);
                seen.countDown();
            });
        }
        assertThat(lines).hasSize(2).allMatch(line -> line instanceof BatchLine.Answered);
    }

    @Test
    void aDownloadThatBreaksOffFailsAfterTheLinesThatCame() throws IOException {
        List<BatchLine> lines = new ArrayList<>();
        ChatFailedException failure = failure(
                (connection, out) -> {
                    RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n" + LINE + LINE + "{\"cust");
                    connection.close();
                },
                batches -> batches.read("file-o", lines::add));
        assertThat(failure.kind()).isEqualTo(BROKEN_ANSWER);
        assertThat(lines).hasSize(2).allMatch(line -> line instanceof BatchLine.Answered);
    }

    @Test
    void whatTheReceiverOfTheLinesThrowsComesOutAsItIs() throws IOException {
        IllegalStateException own = new IllegalStateException("the disk is full");
        try (RawServer server = new RawServer((connection, out) -> RawServer.write(out, RawServer.ok(LINE + LINE)));
                OpenAiChatModel model = Calls.model(server.url())) {
            BatchModel batches = model.batches().orElseThrow();
            assertThat(catchThrowable(() -> batches.read("file-o", line -> {
                        throw own;
                    })))
                    .isSameAs(own);
            List<BatchLine> lines = new ArrayList<>();
            batches.read("file-o", lines::add);
            assertThat(lines).as("the next one works").hasSize(2);
        }
    }

    @Test
    void aFileThatGrowsWhenItIsUnpackedStaysWithinItsBounds() throws IOException {
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream zip = new java.util.zip.GZIPOutputStream(packed)) {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 40; i++) {
                zip.write(block);
            }
            zip.write(("\n" + LINE).getBytes(StandardCharsets.UTF_8));
        }
        List<BatchLine> lines = new ArrayList<>();
        try (RawServer server = new RawServer((connection, out) -> {
                    RawServer.write(
                            out,
                            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size()
                                    + "\r\n\r\n");
                    packed.writeTo(out);
                });
                OpenAiChatModel model = Calls.model(server.url())) {
            model.batches().orElseThrow().read("file-o", lines::add);
        }
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).isInstanceOf(BatchLine.Unreadable.class);
    }

    /** What only reads is repeated by HTTP clients at such answers; how often to ask is for the caller to say. */
    @Test
    void readingIsNotRepeatedEither() throws IOException {
        for (String answer : List.of(
                "408 Request Timeout\r\nContent-Length: 0\r\n\r\n",
                "503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
                "503 Service Unavailable\r\nRetry-After: 00\r\nContent-Length: 0\r\n\r\n",
                "503 Service Unavailable\r\nRetry-After: 99999999999\r\nContent-Length: 0\r\n\r\n")) {
            RawServer.Handler handler = (connection, out) -> RawServer.write(out, "HTTP/1.1 " + answer);
            assertThat(failure(handler, batches -> batches.retrieve("b"))).isNotNull();
            assertThat(failure(handler, batches -> batches.read("f", line -> {})))
                    .isNotNull();
            assertThat(failure(handler, batches -> batches.delete("f"))).isNotNull();
        }
    }

    @Test
    void aConnectionThatWasLostBetweenTwoCallsIsNotTriedAgain() throws IOException {
        String state = "{\"id\":\"b\",\"status\":\"in_progress\"}";
        try (RawServer server = new RawServer((connection, out) -> {
                    RawServer.write(out, RawServer.ok(state));
                    connection.getInputStream().read();
                    connection.close();
                });
                OpenAiChatModel model = Calls.model(server.url())) {
            BatchModel batches = model.batches().orElseThrow();
            assertThat(batches.retrieve("b").id()).isEqualTo("b");
            ChatFailedException failure = catchThrowableOfType(ChatFailedException.class, () -> batches.retrieve("b"));
            assertThat(failure.kind()).isEqualTo(BROKEN_ANSWER);
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void noKeyIsInAnythingThatIsSaidOrThrown() throws IOException {
        String echo = "Bad key " + Calls.KEY + " \\u001b[31m\\r\\n for '" + Calls.ROW_TEXT + "'";
        for (String head : List.of("401 Unauthorized", "400 Bad Request", "500 Oops", "404 Not Found", "429 Slow")) {
            String body = "{\"error\":{\"message\":\"" + echo + "\",\"code\":\"" + Calls.KEY + "\"}}";
            String answer = "HTTP/1.1 " + head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            try (RawServer server = new RawServer((connection, out) -> RawServer.write(out, answer));
                    OpenAiChatModel model = Calls.model(server.url())) {
                BatchModel batches = model.batches().orElseThrow();
                assertClean(catchThrowable(() -> batches.create("file-1", Map.of())));
                assertClean(catchThrowable(() -> batches.read("file-1", line -> {})));
            }
        }
        String failed = "{\"id\":\"b\",\"status\":\"failed\",\"errors\":{\"data\":[{\"code\":\"" + Calls.KEY
                + "\",\"message\":\"" + echo + "\"}]}}";
        try (RawServer server = new RawServer((connection, out) -> RawServer.write(out, RawServer.ok(failed)));
                OpenAiChatModel model = Calls.model(server.url())) {
            assertThat(model.batches().orElseThrow().retrieve("b").toString())
                    .doesNotContain(Calls.KEY, Calls.ROW_TEXT, "\u001b");
        }
    }

    private static void assertClean(Throwable thrown) {
        assertThat(thrown).isInstanceOf(dev.pigeonhole.core.PigeonholeException.class);
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(Calls.KEY).doesNotContain("\u001b");
    }
}

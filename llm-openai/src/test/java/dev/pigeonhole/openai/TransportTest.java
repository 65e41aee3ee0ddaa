package dev.pigeonhole.openai;

import static dev.pigeonhole.llm.ChatFailedException.Kind.BROKEN_ANSWER;
import static dev.pigeonhole.llm.ChatFailedException.Kind.SERVER_ERROR;
import static dev.pigeonhole.llm.ChatFailedException.Kind.TIMEOUT;
import static dev.pigeonhole.llm.ChatFailedException.Kind.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.llm.ChatFailedException;
import dev.pigeonhole.llm.ChatRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class TransportTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** One call to a server that answers like this, and how it failed; the server must have been asked once. */
    private static ChatFailedException failure(Duration deadline, RawServer.Handler handler) throws IOException {
        try (RawServer server = new RawServer(handler);
                OpenAiChatModel model = Calls.model(server.url())) {
            ChatFailedException failure = Calls.failure(model, Calls.within(deadline));
            assertThat(server.requests).hasValue(1);
            return failure;
        }
    }

    private static ChatFailedException failure(RawServer.Handler handler) throws IOException {
        return failure(Duration.ofSeconds(20), handler);
    }

    private static RawServer.Handler sends(String bytes) {
        return (connection, out) -> RawServer.write(out, bytes);
    }

    /** Sends these bytes and then no more. */
    private static RawServer.Handler sendsAndCloses(String bytes) {
        return (connection, out) -> {
            RawServer.write(out, bytes);
            connection.close();
        };
    }

    private static void awaitClient(Socket connection) throws IOException {
        assertThat(connection.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void aServerThatNeverAnswersIsCutOffAtTheDeadline() throws IOException {
        assertThat(failure(SHORT, (connection, out) -> awaitClient(connection)).kind())
                .isEqualTo(TIMEOUT);
    }

    @Test
    void aServerThatDripsItsBodyIsCutOffAtTheDeadline() throws IOException {
        ChatFailedException failure = failure(SHORT, (connection, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            drip(out);
        });
        assertThat(failure.kind()).isEqualTo(TIMEOUT);
        assertThat(failure.kind().mayBeBilled()).isTrue();
    }

    @Test
    void aServerThatDripsItsHeadIsCutOffAtTheDeadline() throws IOException {
        ChatFailedException failure = failure(SHORT, (connection, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\nX-Long: ");
            drip(out);
        });
        assertThat(failure.kind()).isEqualTo(TIMEOUT);
    }

    private static void drip(OutputStream out) throws IOException, InterruptedException {
        for (int i = 0; i < 10_000; i++) {
            RawServer.write(out, "x");
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void aServerThatStopsInTheMiddleIsCutOffAtTheDeadline() throws IOException {
        ChatFailedException failure = failure(SHORT, (connection, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"choices\":[");
            awaitClient(connection);
        });
        assertThat(failure.kind()).isEqualTo(TIMEOUT);
    }

    @Test
    void connectionsThatBreakAreBrokenAnswersAndNothingIsSentAgain() throws IOException {
        assertThat(failure((connection, out) -> connection.close()).kind()).isEqualTo(BROKEN_ANSWER);
        assertThat(failure((connection, out) -> {
                            RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"choices\":[");
                            connection.setSoLinger(true, 0);
                            connection.close();
                        })
                        .kind())
                .isEqualTo(BROKEN_ANSWER);
    }

    @Test
    void lengthsThatLieAreBrokenAnswers() throws IOException {
        String body = Calls.answer("\"yes\"");
        assertThat(failure(sendsAndCloses("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + body))
                        .kind())
                .isEqualTo(BROKEN_ANSWER);
        assertThat(failure(sendsAndCloses("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + body))
                        .kind())
                .isEqualTo(BROKEN_ANSWER);
        assertThat(failure(sendsAndCloses("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + body))
                        .kind())
                .isEqualTo(BROKEN_ANSWER);
        assertThat(failure(sendsAndCloses("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{\"choi"))
                        .kind())
                .isEqualTo(BROKEN_ANSWER);
        assertThat(failure(sendsAndCloses("this is no HTTP\r\n\r\n")).kind()).isEqualTo(BROKEN_ANSWER);
    }

    @Test
    void anEndlessAnswerIsNotReadToItsEnd() throws IOException {
        AtomicLong sent = new AtomicLong();
        ChatFailedException failure = failure((connection, out) -> {
            RawServer.write(out, "HTTP/1.1 200 OK\r\n\r\n");
            byte[] block = new byte[1 << 16];
            while (true) {
                out.write(block);
                sent.addAndGet(block.length);
            }
        });
        assertThat(failure.kind()).isEqualTo(BROKEN_ANSWER);
        assertThat(failure).hasMessageContaining("longer than 4 MiB");
        assertThat(sent.get()).isLessThan(64L << 20);
    }

    @Test
    void anAnswerThatGrowsWhenItIsUnpackedIsNotReadToItsEnd() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(new byte[100 << 20]);
        }
        ChatFailedException failure = failure((connection, out) -> {
            RawServer.write(
                    out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n");
            packed.writeTo(out);
        });
        assertThat(failure.kind()).isEqualTo(BROKEN_ANSWER);
        assertThat(failure).hasMessageContaining("longer than 4 MiB");
    }

    @Test
    void whatIsNoAnswerIsABrokenOne() throws IOException {
        for (String body : new String[] {
            "",
            "{\"choices\":[{\"message\":{\"content\":\"cut",
            "no json",
            "{}",
            "[]",
            "7",
            "null",
            "{\"choices\":[]}",
            "{\"choices\":[{}]}",
            "{\"choices\":{}}",
            Calls.answer("\"a\"") + "}",
            "[".repeat(10_000),
            "{\"choices\":" + "[".repeat(200) + "]".repeat(200) + "}",
            "{\"n\":" + "9".repeat(5000) + "}"
        }) {
            assertThat(failure(sends(RawServer.ok(body))).kind()).as(body).isEqualTo(BROKEN_ANSWER);
        }
    }

    @Test
    void aWebPageInsteadOfAnAnswerIsNamed() throws IOException {
        ChatFailedException failure = failure(sends(RawServer.ok("<!doctype html><title>Log in</title>")));
        assertThat(failure.kind()).isEqualTo(BROKEN_ANSWER);
        assertThat(failure).hasMessageContaining("a web page");
    }

    @Test
    void statusesThatHttpClientsRepeatByThemselvesAreNotRepeated() throws IOException {
        for (String status : new String[] {
            "408 Request Timeout\r\nConnection: keep-alive",
            "503 Service Unavailable\r\nRetry-After: 0",
            "503 Service Unavailable\r\nRetry-After: 99999999999",
            "421 Misdirected"
        }) {
            try (RawServer server = new RawServer(sends("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n"));
                    OpenAiChatModel model = Calls.model(server.url())) {
                assertThat(org.assertj.core.api.Assertions.catchThrowable(
                                () -> model.complete(Calls.within(Duration.ofSeconds(20)))))
                        .isInstanceOf(dev.pigeonhole.core.PigeonholeException.class);
                assertThat(server.requests).as(status).hasValue(1);
            }
        }
        assertThat(failure(sends("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"))
                        .kind())
                .isEqualTo(SERVER_ERROR);
    }

    /** Whether a request that met a closed connection was read by the server cannot be known. */
    @Test
    void aRequestThatMayHaveArrivedIsNotSentAgain() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (RawServer server = new RawServer((connection, out) -> {
                    RawServer.write(out, RawServer.ok(Calls.answer("\"a\"")));
                    connection.close();
                    closed.countDown();
                });
                OpenAiChatModel model = Calls.model(server.url())) {
            assertThat(model.complete(Calls.within(Duration.ofSeconds(20))).text())
                    .isEqualTo("a");
            closed.await();
            ChatFailedException failure = Calls.failure(model, Calls.within(Duration.ofSeconds(20)));
            assertThat(failure.kind()).isEqualTo(BROKEN_ANSWER);
            assertThat(server.connections).hasValue(1);
            assertThat(model.complete(Calls.within(Duration.ofSeconds(20))).text())
                    .isEqualTo("a");
        }
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (OpenAiChatModel model = Calls.model("http://127.0.0.1:" + free + "/v1")) {
            ChatFailedException failure = Calls.failure(model, Calls.within(Duration.ofSeconds(20)));
            assertThat(failure.kind()).isEqualTo(UNREACHABLE);
            assertThat(failure).hasMessageContaining("no connection to http://127.0.0.1:" + free);
        }
        try (OpenAiChatModel model = Calls.model("https://no-such-host.invalid/v1")) {
            ChatFailedException failure = Calls.failure(model, Calls.within(Duration.ofSeconds(20)));
            assertThat(failure.kind()).isEqualTo(UNREACHABLE);
            assertThat(failure).hasMessageContaining("https://no-such-host.invalid is not known");
        }
    }

    @Test
    void aConnectionThatIsNotMadeSecureInTimeIsUnreachableAndNotBilled() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OpenAiChatModel model = Calls.model("https://127.0.0.1:" + silent.getLocalPort() + "/v1")) {
            ChatFailedException failure = Calls.failure(model, Calls.within(SHORT));
            assertThat(failure.kind()).isEqualTo(UNREACHABLE);
            assertThat(failure.kind().mayBeBilled()).isFalse();
        }
    }

    @Test
    void anInterruptIsNoTimeoutAndIsNotForgotten() throws Exception {
        Thread caller = Thread.currentThread();
        ChatFailedException failure = failure((connection, out) -> {
            caller.interrupt();
            RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            drip(out);
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.kind()).isEqualTo(BROKEN_ANSWER);
        assertThat(failure).hasMessageContaining("interrupted");
    }

    @Test
    void onlyWhatTheServerNeedsIsSent() throws IOException {
        try (RawServer server = new RawServer(sends(RawServer.ok(Calls.answer("\"a\""))));
                OpenAiChatModel model =
                        Calls.model(Calls.settings(server.url(), "organization", "org-1", "project", "proj_1"))) {
            model.complete(Calls.within(Duration.ofSeconds(20)));
            assertThat(server.heads.remove().lines())
                    .filteredOn(line -> !line.isEmpty() && !line.startsWith("Content-Length"))
                    .containsExactlyInAnyOrder(
                            "POST /v1/chat/completions HTTP/1.1",
                            "Accept: application/json",
                            "User-Agent: pigeonhole",
                            "Authorization: Bearer " + Calls.KEY,
                            "OpenAI-Organization: org-1",
                            "OpenAI-Project: proj_1",
                            "Content-Type: application/json",
                            "Host: 127.0.0.1:" + server.port(),
                            "Connection: Keep-Alive",
                            "Accept-Encoding: gzip");
        }
    }

    @Test
    void onlyTheProxyThatTheUserNamesIsAsked() throws IOException {
        try (RawServer proxy = new RawServer(sends(RawServer.ok(Calls.answer("\"by proxy\""))));
                RawServer server = new RawServer(sends(RawServer.ok(Calls.answer("\"direct\""))))) {
            String named = "http://127.0.0.1:" + proxy.port();
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
            System.setProperty("http.nonProxyHosts", "");
            try (OpenAiChatModel model = Calls.model(server.url());
                    OpenAiChatModel proxied = Calls.model(Calls.settings(server.url(), "proxy", named))) {
                assertThat(model.complete(Calls.within(Duration.ofSeconds(20))).text())
                        .isEqualTo("direct");
                assertThat(proxy.requests).hasValue(0);
                assertThat(proxied.complete(Calls.within(Duration.ofSeconds(20)))
                                .text())
                        .isEqualTo("by proxy");
                assertThat(proxy.heads.remove()).startsWith("POST " + server.url() + "/chat/completions HTTP/1.1");
            } finally {
                System.clearProperty("http.proxyHost");
                System.clearProperty("http.proxyPort");
                System.clearProperty("http.nonProxyHosts");
            }
        }
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        for (String status : new String[] {"301", "302", "303", "307", "308"}) {
            try (RawServer other = new RawServer(sends(RawServer.ok(Calls.answer("\"stolen\""))));
                    RawServer server = new RawServer(sends("HTTP/1.1 " + status + " Moved\r\nLocation: " + other.url()
                            + "/chat/completions?t=\u0007secret\r\nContent-Length: 0\r\n\r\n"));
                    OpenAiChatModel model = Calls.model(server.url())) {
                ChatRefusedException refusal = Calls.refusal(model, Calls.within(Duration.ofSeconds(20)));
                assertThat(refusal.kind()).isEqualTo(ChatRefusedException.Kind.UNKNOWN_MODEL);
                assertThat(refusal)
                        .hasMessageContaining("redirects to http://127.0.0.1:" + other.port() + " (" + status)
                        .hasMessageContaining("nothing was sent there")
                        .hasMessageContaining("name it as base-url")
                        .hasMessageNotContaining("/chat/completions")
                        .hasMessageNotContaining("secret");
                assertThat(server.requests).hasValue(1);
                assertThat(other.connections).hasValue(0);
            }
        }
    }

    @Test
    void aRedirectWithinTheServerTellsThatThePathIsWrong() throws IOException {
        String[] places = {"Location: /login?next=secret\r\n", "Location: sub\r\n"};
        for (String place : places) {
            ChatRefusedException refusal = redirected(place);
            assertThat(refusal)
                    .hasMessageContaining("to another path of the same server (302)")
                    .hasMessageContaining("check the path of base-url")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void aRedirectToNowhereIsAWrongAddressToo() throws IOException {
        String[] places = {"", "Location: \r\n", "Location: mailto:a@example.org\r\n", "Location: https://\r\n"};
        for (String place : places) {
            assertThat(redirected(place))
                    .hasMessageContaining("redirects to an unknown address (302)")
                    .hasMessageContaining("check base-url");
        }
    }

    /** A key in the name of a host comes in small letters. */
    @Test
    void aRedirectDoesNotShowTheKey() throws IOException {
        assertThat(redirected("Location: https://" + Calls.KEY + ".example.org/\r\n"))
                .hasMessageContaining("redirects to ")
                .hasMessageNotContaining(Calls.KEY.toLowerCase(Locale.ROOT));
    }

    private static ChatRefusedException redirected(String location) throws IOException {
        try (RawServer server =
                        new RawServer(sends("HTTP/1.1 302 Found\r\n" + location + "Content-Length: 0\r\n\r\n"));
                OpenAiChatModel model = Calls.model(server.url())) {
            ChatRefusedException refusal = Calls.refusal(model, Calls.within(Duration.ofSeconds(20)));
            assertThat(refusal.kind()).isEqualTo(ChatRefusedException.Kind.UNKNOWN_MODEL);
            assertThat(server.requests).hasValue(1);
            return refusal;
        }
    }

    @Test
    void noThreadThatIsLeftKeepsTheProcessAlive() throws Exception {
        Set<Thread> before = threads();
        AtomicReference<String> text = new AtomicReference<>("");
        try (RawServer server = new RawServer(sends(RawServer.ok(Calls.answer("\"a\""))));
                OpenAiChatModel model = Calls.model(server.url())) {
            text.set(model.complete(Calls.within(Duration.ofSeconds(20))).text());
        }
        assertThat(text).hasValue("a");
        Set<Thread> left = threads();
        left.removeAll(before);
        assertThat(left).isEmpty();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && thread.isAlive())
                .collect(Collectors.toSet());
    }
}

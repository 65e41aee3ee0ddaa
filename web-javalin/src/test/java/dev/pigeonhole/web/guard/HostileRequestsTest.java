package dev.pigeonhole.web.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.web.json.Json;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no browser sends, byte by byte. */
class HostileRequestsTest {
    private static final String HOST = "Host: 127.0.0.1:PORT\r\n";
    private static final String BEARER = "Authorization: Bearer any\r\n";

    private final AtomicInteger reached = new AtomicInteger();
    private Javalin server = Javalin.create();

    private void start(int connections, Duration idle) {
        Guard guard = new Guard(
                HostNames.of("127.0.0.1", List.of()),
                new Sessions(false, new Random(1), Clock.systemUTC()),
                new ServerLimits(connections, idle, 1024),
                new Json(),
                System::nanoTime);
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    guard.listen(config, "127.0.0.1", 0);
                    guard.protect(config);
                    config.routes.get("/", context -> context.result("served"));
                    config.routes.post("/", context -> {
                        context.body();
                        reached.incrementAndGet();
                        context.result("served");
                    });
                    config.routes.post("/hidden", context -> {
                        reached.addAndGet(1000);
                        context.result("served");
                    });
                    config.routes.get("/failing", context -> {
                        throw new IllegalStateException("secret of the handler");
                    });
                    config.staticFiles.add(files -> {
                        files.directory = "/dev/pigeonhole/web";
                        files.hostedPath = "/files";
                        files.location = io.javalin.http.staticfiles.Location.CLASSPATH;
                    });
                })
                .start();
    }

    private void start() {
        start(256, Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private RawHttp.Answer send(String request) throws IOException {
        return RawHttp.send(server.port(), request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET PATH HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET PATH HTTP/1.1\r\nHost: 127.0.0.1.evil.example:PORT\r\n\r\n",
                "GET PATH HTTP/1.1\r\nHost: localhost.evil.example:PORT\r\n\r\n",
                "GET PATH HTTP/1.1\r\nHost: evil.example:PORT\r\nX-Forwarded-Host: 127.0.0.1:PORT\r\n\r\n",
                "GET PATH HTTP/1.1\r\nHost: evil.example\r\nForwarded: host=127.0.0.1:PORT\r\n\r\n",
                "GET PATH HTTP/1.1\r\nHost:\r\n\r\n",
                "GET PATH HTTP/1.1\r\n\r\n",
                "GET PATH HTTP/1.0\r\n\r\n",
                "GET PATH HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\n\r\n",
                "GET PATH HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1:PORT\r\n\r\n",
                "GET PATH HTTP/1.1\r\nHost: 127.0.0.1:PORT, evil.example\r\n\r\n",
                "GET PATH HTTP/1.1\r\nHost: user@127.0.0.1:PORT\r\n\r\n",
                "GET http://evil.examplePATH HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
                "GET http://evil.examplePATH HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET http://evil.example:PORTPATH HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"
            })
    void anotherHostGetsNothingOnAnyPath(String request) throws IOException {
        start();
        for (String path : List.of("/", "/files/openapi.json", "/failing", "/nothing", "/api/v1/jobs")) {
            RawHttp.Answer answer = send(request.replace("PATH", path));
            assertThat(answer.status()).as(path + ": " + answer.text()).isIn(400, 421);
            assertThat(answer.text()).doesNotContain("served", "evil", "secret", "openapi");
            assertThat(answer.header("Content-Security-Policy")).isNotEmpty();
        }
    }

    @Test
    void theOwnHostIsServedFilesAndErrorsWithTheHeadersOfTheGuard() throws IOException {
        start();
        for (String path : List.of("/", "/files/openapi.json", "/failing", "/nothing")) {
            RawHttp.Answer answer = send("GET " + path + " HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
            assertThat(answer.status()).isEqualTo(path.equals("/failing") ? 500 : path.equals("/nothing") ? 404 : 200);
            assertThat(answer.header("Content-Security-Policy")).contains("require-trusted-types-for 'script'");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Cache-Control")).isNotEmpty();
            assertThat(answer.header("Server")).isEmpty();
            assertThat(answer.text()).doesNotContain("secret of the handler", "jetty", "Jetty");
        }
    }

    /** Each hides a second request from somebody who reads the first in another way. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\nHIDDEN",
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhelloHIDDEN",
                "Content-Length: 5, 6\r\n\r\nhelloHIDDEN",
                "Content-Length: +5\r\n\r\nhelloHIDDEN",
                "Content-Length: -1\r\n\r\nHIDDEN",
                "Content-Length: 0x5\r\n\r\nhelloHIDDEN",
                "Content-Length: 99999999999999999999\r\n\r\nHIDDEN",
                "Transfer-Encoding: chunked\r\n\r\n5;a=\"\r\nhello\r\n0\r\n\r\nHIDDEN\"\r\n",
                "Transfer-Encoding: chunked\r\n\r\n1;ext=\"\r\nX\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\nHIDDEN",
                "X: a\r\n b\r\nContent-Length: 0\r\n\r\nHIDDEN",
                "X\u0000: a\r\nContent-Length: 0\r\n\r\nHIDDEN",
                " X: a\r\nContent-Length: 0\r\n\r\nHIDDEN"
            })
    void aHiddenRequestIsNotAnswered(String rest) throws IOException {
        start();
        String hidden = "POST /hidden HTTP/1.1\r\n" + HOST + BEARER + "Content-Length: 0\r\n\r\n";
        RawHttp.Answer answer = send("POST / HTTP/1.1\r\n" + HOST + BEARER + rest.replace("HIDDEN", hidden));
        assertThat(answer.statuses())
                .as(answer.text())
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(status -> status >= 400);
        assertThat(reached).hasValueLessThan(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
                "GET / HTTP/1.1 x\r\nHost: 127.0.0.1:PORT\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001"
            })
    void whatIsNoRequestIsAnsweredShortlyOrNotAtAll(String bytes) throws IOException {
        start();
        RawHttp.Answer answer = send(bytes);
        assertThat(answer.status()).as(answer.text()).isIn(0, 400, 426, 505);
        assertThat(answer.text()).doesNotContain("served", "GARBAGE", "jetty", "Exception");
    }

    @Test
    void headersHaveAnEnd() throws IOException {
        start();
        RawHttp.Answer answer = send("GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(9000) + "\r\n\r\n");
        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.text()).doesNotContain("xxx");
        assertThat(send("GET /" + "y".repeat(9000) + " HTTP/1.1\r\n" + HOST + "\r\n")
                        .status())
                .isIn(414, 431);
    }

    @Test
    void connectionsThatSayNothingGiveTheirPlaceBack() throws Exception {
        start(4, Duration.ofMillis(300));
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            silent.add(RawHttp.open(server.port()));
        }
        assertThat(send("GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n")
                        .body())
                .isEqualTo("served");
        for (Socket socket : silent) {
            socket.close();
        }
    }

    @Test
    void headersThatComeByteByByteDoNotHoldAPlaceForEver() throws Exception {
        start(1, Duration.ofMillis(500));
        try (Socket slow = RawHttp.open(server.port())) {
            RawHttp.write(slow, "GET / HTTP/1.1\r\nX: ");
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            boolean closed = false;
            while (!closed && System.nanoTime() < deadline) {
                closed = isClosedAfterOneMore(slow);
            }
            assertThat(closed).isTrue();
        }
        assertThat(send("GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n")
                        .body())
                .isEqualTo("served");
    }

    /** A long upload over a slow line is no attack. */
    @Test
    void aBodyMayTakeLongerThanTheFirstHeadersMay() throws Exception {
        start(4, Duration.ofMillis(500));
        try (Socket socket = RawHttp.open(server.port())) {
            RawHttp.write(
                    socket,
                    ("POST / HTTP/1.1\r\n" + HOST + BEARER + "Connection: close\r\nContent-Length: 12\r\n\r\n")
                            .replace("PORT", Integer.toString(server.port())));
            for (int i = 0; i < 12; i++) {
                Thread.sleep(120);
                RawHttp.write(socket, "x");
            }
            assertThat(RawHttp.read(socket).body()).isEqualTo("served");
        }
        assertThat(reached).hasValue(1);
    }

    private static boolean isClosedAfterOneMore(Socket socket) throws IOException, InterruptedException {
        try {
            RawHttp.write(socket, "x");
            Thread.sleep(20);
            return false;
        } catch (SocketException e) {
            return true;
        }
    }
}

package dev.pigeonhole.web.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.ProblemException;
import io.javalin.Javalin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real requests to a real server, within small limits. */
class UploadsTest {
    private static final UploadLimits SMALL = new UploadLimits(1000, 10_000, 0, 4);

    @TempDir
    Path root;

    private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    private final HttpClient client = HttpClient.newHttpClient();
    private Javalin server = Javalin.create();
    private Uploads uploads = new Uploads(SMALL, Path.of("."), free::get);

    private void start(UploadLimits limits) {
        start(limits, System::nanoTime);
    }

    private void start(UploadLimits limits, LongSupplier nanoTime) {
        uploads = new Uploads(limits, root, free::get);
        Json json = new Json();
        Sessions nobody = new Sessions(false, new Random(1), Clock.systemUTC());
        Guard guard = new Guard(
                HostNames.of("127.0.0.1", List.of()),
                nobody,
                new ServerLimits(256, Duration.ofSeconds(30), 1024),
                json,
                nanoTime);
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    guard.listen(config, "127.0.0.1", 0);
                    guard.protect(config);
                    config.routes.exception(ProblemException.class, (e, context) -> json.answer(context, e.problem()));
                    config.routes.put("/api/v1/up/{name}", context -> {
                        long bytes = uploads.receive(context, root.resolve("file-" + context.pathParam("name")));
                        context.result(Long.toString(bytes));
                    });
                })
                .start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private int put(String name, HttpRequest.BodyPublisher body) throws Exception {
        return send(name, body).statusCode();
    }

    private HttpResponse<String> send(String name, HttpRequest.BodyPublisher body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1/up/" + name))
                        .header("Authorization", "Bearer any")
                        .PUT(body)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.BodyPublisher known(int bytes) {
        return HttpRequest.BodyPublishers.ofByteArray(new byte[bytes]);
    }

    /** Without a length: in chunks. */
    private static HttpRequest.BodyPublisher chunked(int bytes) {
        return HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[bytes]));
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(root)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 200", "1, 200", "999, 200", "1000, 200", "1001, 413", "70000, 413"})
    void theLimitIsExactWithAndWithoutALength(int bytes, int status) throws Exception {
        start(SMALL);
        assertThat(put("a", known(bytes))).isEqualTo(status);
        assertThat(put("b", chunked(bytes))).isEqualTo(status);
        assertThat(files()).hasSize(status == 200 ? 2 : 0);
        assertThat(files()).allSatisfy(file -> assertThat(Files.size(file)).isEqualTo(bytes));
        assertThat(uploads.used()).isEqualTo(status == 200 ? 2L * bytes : 0);
    }

    @Test
    void aNewFileReplacesTheOldOnlyWhenItIsComplete() throws Exception {
        start(SMALL);
        assertThat(put("a", known(10))).isEqualTo(200);
        assertThat(put("a", known(1001))).isEqualTo(413);
        assertThat(Files.size(root.resolve("file-a"))).isEqualTo(10);
        assertThat(put("a", known(20))).isEqualTo(200);
        assertThat(Files.size(root.resolve("file-a"))).isEqualTo(20);
        assertThat(uploads.used()).isEqualTo(20);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such permissions")
    void filesAreForTheirOwnerOnlyAndLinksAreNotFollowed() throws Exception {
        start(SMALL);
        assertThat(put("a", known(10))).isEqualTo(200);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("file-a"))))
                .isEqualTo("rw-------");
        Path outside = Files.createTempFile("outside", ".txt");
        Files.createSymbolicLink(root.resolve("file-link"), outside);
        assertThat(put("link", known(10))).isGreaterThanOrEqualTo(500);
        assertThat(Files.size(outside)).isZero();
        Files.delete(outside);
    }

    @Test
    void whoAnnouncesMoreThanHeSendsLeavesNothing() throws Exception {
        start(SMALL);
        RawHttp.Answer answer = RawHttp.send(server.port(), header("Content-Length: 100") + "x".repeat(50));
        assertThat(answer.status()).isIn(0, 400);
        await(() -> files().isEmpty() && uploads.used() == 0);
        assertThat(put("a", known(1000))).isEqualTo(200);
    }

    @Test
    void whoSendsMoreThanHeAnnouncesIsReadAsFarAsAnnounced() throws Exception {
        start(SMALL);
        RawHttp.Answer answer = RawHttp.send(server.port(), header("Content-Length: 5") + "x".repeat(500));
        assertThat(answer.status()).isEqualTo(200);
        // The rest was taken for another request, and refused.
        assertThat(answer.statuses().stream().skip(1)).allMatch(status -> status == 400);
        assertThat(Files.size(root.resolve("file-a"))).isEqualTo(5);
    }

    @Test
    void whoAnnouncesTooMuchIsRefusedBeforeHeSendsIt() throws Exception {
        start(SMALL);
        try (Socket socket = RawHttp.open(server.port())) {
            RawHttp.write(socket, header("Content-Length: 5000000000").replace("PORT", "" + server.port()));
            assertThat(RawHttp.read(socket).status()).isEqualTo(413);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws Exception {
        start(SMALL);
        try (Socket socket = RawHttp.open(server.port())) {
            RawHttp.write(
                    socket,
                    header("Transfer-Encoding: chunked").replace("PORT", "" + server.port()) + "64\r\n"
                            + "x".repeat(100) + "\r\n");
            await(() -> uploads.used() == 100);
            socket.setSoLinger(true, 0);
        }
        await(() -> files().isEmpty() && uploads.used() == 0);
        assertThat(put("a", known(1000))).isEqualTo(200);
    }

    private static String header(String length) {
        return "PUT /api/v1/up/a HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer any\r\n" + length
                + "\r\n\r\n";
    }

    @Test
    void ofAHundredAtOnceEachIsThereWholeOrNotAtAll() throws Exception {
        start(new UploadLimits(200_000, Long.MAX_VALUE / 2, 0, 4));
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            calls.add(() -> put("n" + number, number % 2 == 0 ? known(150_000 + number) : chunked(150_000 + number)));
        }
        List<Integer> statuses = all(calls);
        assertThat(statuses).isSubsetOf(200, 429).contains(200);
        for (int i = 0; i < 100; i++) {
            Path file = root.resolve("file-n" + i);
            if (statuses.get(i) == 200) {
                assertThat(file).hasSize(150_000 + i);
            } else {
                assertThat(file).doesNotExist();
            }
        }
        assertThat(files())
                .hasSize((int) statuses.stream().filter(s -> s == 200).count());
        assertThat(put("after", known(1))).isEqualTo(200);
    }

    @Test
    void aConnectionOnWhichABodyWasRefusedIsNotUsedAgain() throws Exception {
        start(new UploadLimits(1000, 10_000, 0, 50));
        assertThat(send("fits", known(1000)).headers().firstValue("connection")).isEmpty();
        HttpResponse<String> refused = send("not", chunked(2_000));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.headers().firstValue("connection")).contains("close");
    }

    @Test
    void theQuotaHoldsWhenManyRaceForIt() throws Exception {
        start(new UploadLimits(1000, 10_000, 0, 50));
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int number = i;
            calls.add(() -> put("n" + number, number % 2 == 0 ? known(1000) : chunked(1000)));
        }
        List<Integer> statuses = all(calls);
        assertThat(statuses).isSubsetOf(200, 507);
        assertThat(files().size())
                .isEqualTo((int) statuses.stream().filter(s -> s == 200).count())
                .isLessThanOrEqualTo(10);
        assertThat(uploads.used()).isEqualTo(files().size() * 1000L);
        // Nobody's half is counted: the rest of the room can be filled to the last byte.
        for (int i = files().size(); i < 10; i++) {
            assertThat(put("rest" + i, known(1000))).isEqualTo(200);
        }
        assertThat(put("more", chunked(1))).isEqualTo(507);
    }

    private static List<Integer> all(List<Callable<Integer>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void someOfTheDiskStaysFree() throws Exception {
        start(new UploadLimits(1000, 10_000, 500, 4));
        free.set(1500);
        assertThat(put("a", known(1000))).isEqualTo(200);
        assertThat(put("b", chunked(1000))).isEqualTo(200);
        free.set(1499);
        assertThat(put("c", known(1000))).isEqualTo(507);
        assertThat(put("d", chunked(1000))).isEqualTo(507);
        assertThat(files()).hasSize(2);
    }

    private static void trickle(Socket socket) {
        try {
            RawHttp.write(socket, "x");
        } catch (SocketException e) {
            assertThat(e).as("cut off, as it should be").isNotNull();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoSendsAByteNowAndThenIsCutOff() throws Exception {
        AtomicLong now = new AtomicLong();
        // Each look at this clock takes ten seconds.
        start(SMALL, () -> now.addAndGet(10_000_000_000L));
        try (Socket socket = RawHttp.open(server.port())) {
            RawHttp.write(socket, header("Content-Length: 900").replace("PORT", "" + server.port()));
            await(() -> files().size() == 1);
            await(() -> {
                trickle(socket);
                return files().isEmpty();
            });
        }
        assertThat(uploads.used()).isZero();
    }
}

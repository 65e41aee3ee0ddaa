package dev.pigeonhole.web;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.web.guard.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The whole page on a free port of this machine. */
final class RunningApp implements AutoCloseable {
    final WebApp app;
    final int port;
    final String token;

    RunningApp(Path folder) {
        this(WebSettings.of(folder.resolve("workspace"), folder.resolve("logs")).at("127.0.0.1", 0), Map.of());
    }

    RunningApp(WebSettings settings, Map<String, String> environment) {
        app = WebApp.create(
                settings, environment, () -> CheckpointStore.inMemory(settings.workspace()), Clock.systemUTC());
        app.start();
        port = app.port();
        token = app.link().replaceFirst(".*#token=", "");
    }

    /** Methods and paths of all routes: {@code GET /api/v1/health}. */
    Set<String> routes() {
        return new TreeSet<>(app.routes());
    }

    /**
     * Sends a request with these header lines, and nothing else.
     *
     * @param headers lines with their ends
     */
    RawHttp.Answer ask(String method, String path, String headers) throws IOException {
        return RawHttp.send(port, method + " " + path + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
    }

    RawHttp.Answer ask(String method, String path, String headers, String body) throws IOException {
        return RawHttp.send(
                port,
                method + " " + path + " HTTP/1.1\r\n" + headers + "Content-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body);
    }

    RawHttp.Answer get(String path) throws IOException {
        return ask("GET", path, host() + bearer());
    }

    static String host() {
        return "Host: 127.0.0.1:PORT\r\n";
    }

    String bearer() {
        return "Authorization: Bearer " + token + "\r\n";
    }

    /** The header line of a new session. */
    String cookie() throws IOException {
        RawHttp.Answer answer = ask(
                "POST", "/api/v1/session", host() + "Sec-Fetch-Site: same-origin\r\n", "{\"token\":\"" + token + "\"}");
        return "Cookie: " + answer.header("Set-Cookie").replaceFirst(";.*", "") + "\r\n";
    }

    @Override
    public void close() {
        app.close();
    }
}

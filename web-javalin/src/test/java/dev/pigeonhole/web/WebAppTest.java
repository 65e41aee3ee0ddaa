package dev.pigeonhole.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.web.contract.ContractClient;
import dev.pigeonhole.web.guard.RawHttp;
import dev.pigeonhole.web.json.ProblemType;
import io.javalin.Javalin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server itself: sessions, files, errors, start and stop. */
class WebAppTest {
    private static final String SECRET = "sk-canary-0123456789-9f2c";

    @TempDir
    static Path folder;

    private static RunningApp app;

    @BeforeAll
    static void start() {
        app = new RunningApp(
                WebSettings.of(folder.resolve("workspace"), folder.resolve("logs"))
                        .at("127.0.0.1", 0)
                        .knowing(List.of(), List.of("https://models.example.org/v1")),
                Map.of("OPENAI_API_KEY", SECRET));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void theLinkLeadsToASession() throws IOException {
        assertThat(app.app.link()).matches("http://127\\.0\\.0\\.1:\\d+/#token=[0-9a-f]{32}");
        String cookie = app.cookie();
        assertThat(state(cookie)).contains("true");
        assertThat(state("")).contains("false");

        RawHttp.Answer closed =
                app.ask("DELETE", "/api/v1/session", RunningApp.host() + cookie + "Sec-Fetch-Site: same-origin\r\n");
        assertThat(closed.status()).isEqualTo(204);
        assertThat(closed.header("Set-Cookie")).contains("Max-Age=0");
        assertThat(state(cookie)).contains("false");
    }

    private String state(String cookie) throws IOException {
        return app.ask("GET", "/api/v1/session", RunningApp.host() + cookie).body();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{",
                "[]",
                "null",
                "{}",
                "{\"token\":null}",
                "{\"token\":1,\"more\":2}",
                "{\"token\":\"a\",\"token\":\"b\"}"
            })
    void whatIsNoLoginIsRefusedWithoutEcho(String body) throws IOException {
        RawHttp.Answer answer =
                app.ask("POST", "/api/v1/session", RunningApp.host() + "Sec-Fetch-Site: same-origin\r\n", body);
        assertThat(answer.status()).as(answer.text()).isIn(400, 401);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void theKeyIsShownByItsEndOnly() throws IOException {
        RawHttp.Answer meta = app.get("/api/v1/meta");
        assertThat(meta.status()).isEqualTo(200);
        assertThat(meta.body())
                .contains("\"name\":\"local\"", "\"uploadBytes\":2147483648")
                .doesNotContain("canary");
        Map<String, ?> card = new ProviderCards(Map.of("OPENAI_API_KEY", SECRET), List.of()).card("openai");
        assertThat(card.toString()).contains("ends=9f2c").doesNotContain("canary");
        assertThat(new ProviderCards(Map.of("OPENAI_API_KEY", "short"), List.of())
                        .card("openai")
                        .toString())
                .doesNotContain("short", "hort");
    }

    @Test
    void addressesOfThePageAreThePage() throws IOException {
        String page = app.get("/").body();
        for (String path : List.of("/new", "/jobs/abc/rows", "/settings", "/nothing")) {
            RawHttp.Answer answer = app.ask("GET", path, RunningApp.host());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(page);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/favicon.ico",
                "/.env",
                "/jobs/x.php",
                "/assets/",
                "/assets/nothing.js",
                "/assets/../openapi.json",
                "/assets/..%2fopenapi.json",
                "/assets/%2e%2e/openapi.json",
                "/assets/..\\openapi.json",
                "/assets//app.css",
                "/assets/WebApp.class",
                "/api/v1/nothing",
                "/api",
                "/api/v2/jobs"
            })
    void whatIsNoFileOfThePageIsNotThere(String path) throws IOException {
        RawHttp.Answer answer = app.get(path);
        assertThat(answer.status()).as(answer.text()).isIn(400, 404);
        assertThat(answer.header("Content-Type"))
                .startsWith(path.startsWith("/api") ? "application/problem+json" : "text/plain");
        assertThat(answer.body()).doesNotContain("Exception", "\tat ", "jetty");
    }

    @Test
    void aFileOfThePageIsSentOnceAndPackedIfWanted() throws IOException {
        RawHttp.Answer first = app.get("/");
        String tag = first.header("ETag");
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        RawHttp.Answer again = app.ask("GET", "/", RunningApp.host() + "If-None-Match: " + tag + "\r\n");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        RawHttp.Answer packed = app.ask("GET", "/", RunningApp.host() + "Accept-Encoding: br, gzip\r\n");
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(app.ask("GET", "/", RunningApp.host() + "Accept-Encoding: gzip;q=0\r\n")
                        .header("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void aWrongMethodIsSaidToBeOne() throws IOException {
        RawHttp.Answer answer = app.ask("POST", "/api/v1/health", RunningApp.host() + app.bearer(), "");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.body()).contains("/problems/method-not-allowed");
        assertThat(app.ask("OPTIONS", "/api/v1/jobs", RunningApp.host()).status())
                .isEqualTo(401);
        assertThat(app.ask("TRACE", "/", RunningApp.host()).status()).isEqualTo(405);
    }

    @Test
    void aBodyOfMoreThanEightMegabytesIsRefused() throws IOException {
        RawHttp.Answer announced = app.ask(
                "POST",
                "/api/v1/session",
                RunningApp.host() + app.bearer(),
                "{\"token\":\"" + "x".repeat(8_000_000) + "\"}");
        assertThat(announced.status()).isIn(0, 413);
    }

    @Test
    void whatTheServerSaysOfItselfIsAsTheContractHasIt() {
        ContractClient nobody = ContractClient.local(app.port);
        assertThat(nobody.get("/health").status()).isEqualTo(200);
        assertThat(nobody.get("/session").text()).contains("false");
        assertThat(nobody.get("/meta").status()).isEqualTo(401);
        ContractClient script = nobody.withToken(app.token);
        assertThat(script.get("/meta").status()).isEqualTo(200);
        assertThat(script.get("/session").text()).contains("true");
        assertThat(script.get("/openapi.json").status()).isEqualTo(200);
        assertThat(script.post("/session", Map.of("token", app.token)).status()).isEqualTo(204);
        assertThat(script.post("/session", Map.of("token", "wrong")).status()).isEqualTo(401);
        assertThat(script.delete("/session").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyProblemHasAPageWithCauseAndFix(ProblemType type) throws IOException {
        RawHttp.Answer answer = app.ask("GET", type.uri(), RunningApp.host());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith(type.title()).contains("What to do: ");
    }

    @Test
    void aPortThatIsTakenIsAClearError() {
        assertThatThrownBy(() -> new RunningApp(
                        WebSettings.of(folder.resolve("w"), folder.resolve("l")).at("127.0.0.1", app.port), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("port " + app.port)
                .hasMessageContaining("--port");
        assertThat(folder.resolve("w")).doesNotExist();
    }

    @Test
    void aServerThatThePageIsMountedInIsBehindTheGuardAsAWhole() throws IOException {
        WebSettings settings = WebSettings.of(folder.resolve("mounted"), folder.resolve("logs"));
        WebApp page = WebApp.create(settings, Map.of());
        Javalin server = Javalin.create(config -> {
                    config.routes.get("/own", context -> context.result("own"));
                    config.routes.post("/own", context -> context.result("changed"));
                    page.mount(config);
                })
                .start("127.0.0.1", 0);
        try (page) {
            assertThat(RawHttp.send(server.port(), "GET /own HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            RawHttp.Answer evil = RawHttp.send(server.port(), "GET /own HTTP/1.1\r\nHost: evil.example\r\n\r\n");
            assertThat(evil.status()).isEqualTo(421);
            assertThat(evil.body()).doesNotContain("evil");
            assertThat(RawHttp.send(
                                    server.port(),
                                    "POST /own HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: http://evil.example\r\n\r\n")
                            .status())
                    .isEqualTo(403);
        } finally {
            server.stop();
        }
    }

    @Test
    void sessionsAndTokensEndWithTheServer() throws IOException {
        String cookie;
        String token;
        try (RunningApp first = new RunningApp(folder.resolve("first"))) {
            cookie = first.cookie();
            token = first.bearer();
        }
        try (RunningApp second = new RunningApp(folder.resolve("first"))) {
            assertThat(second.ask("GET", "/api/v1/meta", RunningApp.host() + cookie)
                            .status())
                    .isEqualTo(401);
            assertThat(second.ask("GET", "/api/v1/meta", RunningApp.host() + token)
                            .status())
                    .isEqualTo(401);
            assertThat(second.get("/api/v1/meta").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.5", "example.org"})
    void withoutTokenOnlyThisMachineIsServed(String host) {
        WebSettings settings = WebSettings.of(folder, folder).at(host, 7070);
        assertThatThrownBy(settings::withoutToken)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("token");
        assertThat(WebSettings.of(folder, folder)
                        .at("127.0.0.1", 7070)
                        .withoutToken()
                        .tokenRequired())
                .isFalse();
    }

    @Test
    void settingsOutOfBoundsAreRefused() {
        WebSettings usual = WebSettings.of(folder, folder);
        assertThatThrownBy(() -> usual.at("127.0.0.1", 65_536)).hasMessageContaining("65535");
        assertThatThrownBy(() -> usual.at(" ", 1)).hasMessageContaining("host");
        assertThatThrownBy(() -> usual.knowing(List.of("a b"), List.of())).hasMessageContaining("host name");
        assertThatThrownBy(() -> usual.knowing(List.of(), List.of("https://me:secret@host/v1")))
                .hasMessageContaining("base URL")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> usual.knowing(List.of(), List.of("file:///etc/passwd")))
                .hasMessageContaining("base URL");
    }
}

package dev.pigeonhole.web.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.web.WebApp;
import dev.pigeonhole.web.WebSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server says of itself, and how it refuses, is as the description says. */
class ServerContractTest {
    @TempDir
    private Path folder;

    private WebApp app;
    private String token;
    private ContractClient stranger;
    private ContractClient client;

    @BeforeEach
    void start() {
        Path workspace = folder.resolve("workspace");
        WebSettings settings = WebSettings.of(workspace, folder.resolve("logs")).at("127.0.0.1", 0);
        app = WebApp.create(settings, Map.of(), () -> CheckpointStore.inMemory(workspace), Clock.systemUTC());
        app.start();
        token = app.link().replaceFirst(".*#token=", "");
        stranger = ContractClient.local(app.port());
        client = stranger.withToken(token);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void whatEverybodyMayAsk() {
        stranger.get("/health").expect(200);
        assertThat(stranger.get("/session")
                        .expect(200)
                        .json()
                        .path("authenticated")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aSessionBeginsAndEnds() {
        ContractClient page = stranger.with("Sec-Fetch-Site", "same-origin");
        page.post("/session", Map.of("token", "wrong")).expect(401);
        String cookie =
                page.post("/session", Map.of("token", token)).expect(204).header("Set-Cookie");
        ContractClient inside = page.with("Cookie", cookie.replaceFirst(";.*", ""));
        assertThat(inside.get("/session").json().path("authenticated").asBoolean())
                .isTrue();
        inside.get("/meta").expect(200);
        inside.delete("/session").expect(204);
        inside.get("/meta").expect(401);
    }

    @Test
    void whatTheServerSaysOfItself() {
        assertThat(client.get("/meta").expect(200).json().path("providers").size())
                .isPositive();
        assertThat(client.get("/openapi.json").expect(200).text())
                .isEqualTo(OpenApi.load().text());
    }

    @Test
    void aRefusalIsAProblem() {
        stranger.get("/meta").expect(401);
        stranger.get("/jobs").expect(401);
        stranger.post("/session", Map.of("token", token)).expect(403);
        client.get("/nothing").expect(404);
        client.get("/jobs/nothing").expect(404);
        client.post("/session", "{\"token\":").expect(400);
        client.ask("PUT", "/health", null, null);
    }
}

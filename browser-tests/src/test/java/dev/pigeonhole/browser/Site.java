package dev.pigeonhole.browser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.FaultRule;
import dev.pigeonhole.fakellm.Oracle;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import dev.pigeonhole.web.WebApp;
import dev.pigeonhole.web.WebSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** The web page on a free port, over a folder, with a language model that is a fake. Thread-safe but for its making and closing. */
final class Site implements AutoCloseable {
    private final Path folder;
    private final FakeLlm model;
    private final AtomicReference<Duration> latency;
    private final UnaryOperator<WebSettings> changes;
    private WebApp app;
    private Asker asker;

    private Site(Path folder, FakeLlm model, AtomicReference<Duration> latency, UnaryOperator<WebSettings> changes) {
        this.folder = folder;
        this.model = model;
        this.latency = latency;
        this.changes = changes;
        this.app = listen(0);
        this.asker = new Asker(app.link());
    }

    /** Listens; the model is as fast as can be, and treats calls by these rules. */
    static Site open(Path folder, Oracle oracle, FaultRule... rules) {
        return open(folder, UnaryOperator.identity(), oracle, rules);
    }

    /** As the other, with other settings than the usual ones. */
    static Site open(Path folder, UnaryOperator<WebSettings> changes, Oracle oracle, FaultRule... rules) {
        AtomicReference<Duration> latency = new AtomicReference<>(Duration.ZERO);
        try {
            FakeLlm model = FakeLlm.builder()
                    .oracle(oracle)
                    .latency((tokens, random) -> latency.get())
                    .faults(rules)
                    .start();
            return new Site(folder, model, latency, changes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WebApp listen(int port) {
        WebSettings settings = WebSettings.of(folder.resolve("workspace"), folder.resolve("logs"))
                .at("127.0.0.1", port)
                .knowing(List.of(), List.of(model.baseUrl().toString()));
        return WebApp.create(changes.apply(settings), Map.of("OPENAI_API_KEY", "sk-not-a-real-key-9f2c"))
                .start();
    }

    Asker asker() {
        return asker;
    }

    /** How long each of the model's answers takes from now on. */
    void latency(Duration time) {
        latency.set(time);
    }

    URI link() {
        return URI.create(app.link());
    }

    URI page(String path) {
        return link().resolve(path);
    }

    /** Signs the browser in. */
    void enter(Browser browser) {
        browser.open(link());
        browser.await("signed in", () -> !browser.driver().getCurrentUrl().contains("token"));
    }

    /** A draft that could be started: this file, whose texts are in the column {@code text}; returns its path. */
    String draft(String file, String csv, Map<String, ?> categories, Map<String, ?> settings) {
        String draft = asker.upload(file, csv);
        asker.patch(draft, Map.of("columns", Map.of("text", List.of("text"), "id", "id")));
        asker.put(draft + "/categories", categories);
        asker.patch(draft, Map.of("settings", settings));
        return draft;
    }

    /** What makes the fake model answer, in sub-batches of this size, two at a time. */
    Map<String, Object> byModel(String name, int subBatch) {
        return Map.of(
                "name",
                name,
                "provider",
                "openai",
                "model",
                "gpt-5-nano",
                "baseUrl",
                model.baseUrl().toString(),
                "batchSize",
                10 * subBatch,
                "subBatchSize",
                subBatch,
                "concurrency",
                2,
                "maxCost",
                "5.00");
    }

    /** Makes a job of a draft; returns its id. */
    String start(String draft) {
        return asker.post(draft + "/start", Map.of()).path("id").asText();
    }

    /** Waits until a job is in one of these states. */
    JsonNode await(String job, String... states) {
        return Waiting.until("job " + job + " in " + List.of(states), Duration.ofSeconds(60), () -> {
            JsonNode now = asker.get("/jobs/" + job);
            return List.of(states).contains(now.path("state").asText()) ? Optional.of(now) : Optional.empty();
        });
    }

    /** Waits until so many rows of a job have an answer. */
    void awaitCategorized(String job, int rows) {
        Waiting.until(
                "some rows done",
                () -> asker.get("/jobs/" + job).at("/rows/categorized").asInt() >= rows);
    }

    /** As if the process that worked on a job had been killed. */
    void interrupt(String job) {
        try (CheckpointStore other = JdbcCheckpointStore.sqlite(folder.resolve("workspace"))) {
            other.acquire(job, new Holder(1, "elsewhere", Clock.systemUTC().instant()))
                    .close();
        }
        await(job, "interrupted");
    }

    /** Stops the server; what ran is paused. */
    void stop() {
        app.close();
    }

    /** Listens again, at the same port, with a new token. */
    void startAgain(int port) {
        app = listen(port);
        asker = new Asker(app.link());
    }

    int port() {
        return app.port();
    }

    @Override
    public void close() {
        try {
            app.close();
        } finally {
            closeModel();
        }
    }

    private void closeModel() {
        try {
            model.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

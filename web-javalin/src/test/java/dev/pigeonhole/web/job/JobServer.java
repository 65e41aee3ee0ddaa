package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.core.ConfigurationException;
import dev.pigeonhole.core.InputException;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.csv.RaggedPolicy;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import dev.pigeonhole.web.contract.ContractClient;
import dev.pigeonhole.web.json.Json;
import dev.pigeonhole.web.json.Problem;
import dev.pigeonhole.web.json.ProblemException;
import dev.pigeonhole.web.json.ProblemType;
import dev.pigeonhole.workspace.JobOptions;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** The jobs' part of the server with a real store, on a free port, in a folder of its own. */
final class JobServer implements AutoCloseable {
    static final List<String> CATEGORIES = List.of("Billing", "Login", "Delivery");
    private static final List<String> WORDS = List.of("invoice", "password", "parcel", "weather");

    final Path folder;
    final CheckpointStore store;
    final JobDesk desk;
    final ContractClient client;
    final List<JobRecord> removed = new ArrayList<>();
    private final Javalin app;

    JobServer(Path folder) {
        this(folder, DeskLimits.usual());
    }

    JobServer(Path folder, DeskLimits limits) {
        this(folder, limits, List.of());
    }

    /** @param llms language models that jobs may be taken up with */
    JobServer(Path folder, DeskLimits limits, List<FakeLlm> llms) {
        Json json = new Json();
        this.folder = folder;
        this.store = JdbcCheckpointStore.sqlite(folder.resolve("workspace"));
        this.desk = new JobDesk(
                folder.resolve("workspace"),
                store,
                Clock.systemUTC(),
                limits,
                llms.stream().map(llm -> llm.baseUrl().toString()).toList(),
                json);
        this.app = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.exception(ProblemException.class, (e, context) -> json.answer(context, e.problem()));
                    config.routes.exception(
                            ConfigurationException.class,
                            (e, context) ->
                                    json.answer(context, Problem.of(ProblemType.SETTING_WRONG, e.getMessage())));
                    config.routes.exception(
                            InputException.class,
                            (e, context) ->
                                    json.answer(context, Problem.of(ProblemType.CSV_UNREADABLE, e.getMessage())));
                    new JobRoutes(desk, files(), folder.resolve("logs"), json).addTo(config.routes);
                })
                .start(0);
        this.client = ContractClient.local(app.port());
    }

    int port() {
        return app.port();
    }

    /** What a text is about can be told by a word in it; one of four is about nothing. */
    static String category(int row) {
        return row % 4 == 3 ? "" : CATEGORIES.get(row % 4);
    }

    /** A file of rows; the text of row {@code n} names {@code n}. */
    Path input(String name, int rows) {
        List<String> lines = new ArrayList<>(List.of("id,text"));
        for (int row = 1; row <= rows; row++) {
            lines.add("T-" + row + ",\"the " + WORDS.get(row % 4) + " of customer " + row + ", please\"");
        }
        return write(name, lines);
    }

    Path write(String name, List<String> lines) {
        try {
            return Files.write(folder.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JobOptions options(Path input, String provider, Map<String, String> more, int batch, int subBatch) {
        Path categories = write(
                "categories.yaml",
                List.of(
                        "categories:",
                        "  - name: Billing",
                        "    keywords: [invoice]",
                        "  - name: Login",
                        "    keywords: [password]",
                        "  - name: Delivery",
                        "    keywords: [parcel]"));
        return new JobOptions(
                input,
                input.resolveSibling(input.getFileName() + ".output.csv"),
                Optional.of(categories),
                List.of("text"),
                "auto",
                "auto",
                RaggedPolicy.AUTO,
                false,
                false,
                provider,
                new TreeMap<>(more),
                batch,
                subBatch,
                2,
                false);
    }

    /** Begins a job of the offline categorizer. */
    String begin(String name, int rows) {
        return desk.begin(
                options(input(name + ".csv", rows), "local", Map.of(), 50, 10),
                "",
                new TreeMap<>(Map.of("id-column", "id", "file", name + ".csv")));
    }

    /** Begins a job of 200 calls, each of which takes as long as the server of the language model likes. */
    String beginWith(FakeLlm llm, String name) {
        Map<String, String> model =
                Map.of("model", "gpt-5-nano", "base-url", llm.baseUrl().toString());
        return desk.begin(options(input(name, 200), "openai", model, 50, 1), "", new TreeMap<>());
    }

    JsonNode job(String id) {
        return client.get("/jobs/" + id).expect(200).json();
    }

    /** Waits until a job is in a state. */
    JsonNode await(String id, String... states) {
        JsonNode[] job = new JsonNode[1];
        await(() -> {
            job[0] = job(id);
            return List.of(states).contains(job[0].path("state").asText());
        });
        return job[0];
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come to that");
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    static long seed() {
        return new Random().nextLong();
    }

    /** As a server that is stopped. */
    @Override
    public void close() {
        desk.close();
        app.stop();
        store.close();
    }

    private JobFiles files() {
        return new JobFiles() {
            @Override
            public void removing(JobRecord job) {
                assertThat(store.find(job.id())).isPresent();
            }

            @Override
            public void removed(JobRecord job) {
                assertThat(store.find(job.id())).isEmpty();
                removed.add(job);
            }
        };
    }
}

package dev.pigeonhole.web.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.csv.RaggedPolicy;
import dev.pigeonhole.core.job.Job;
import dev.pigeonhole.core.job.Summary;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Latency;
import dev.pigeonhole.web.contract.ContractAnswer;
import dev.pigeonhole.workspace.Forecast;
import dev.pigeonhole.workspace.JobOptions;
import dev.pigeonhole.workspace.LaunchCheck;
import dev.pigeonhole.workspace.Providers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimates, trials, prompts, and the way from a draft to a job and back, over HTTP. */
class DraftRunTest {
    private static final String CATEGORIES =
            "{\"categories\":[{\"name\":\"Billing\",\"keywords\":[\"paid\",\"refund\"]},{\"name\":\"Login\",\"keywords\":[\"password\"]}]}";

    @TempDir
    Path workspace;

    private FakeLlm model;
    private DraftServer server;

    @BeforeEach
    void start() throws IOException {
        model = FakeLlm.builder().start();
        server = open();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        model.close();
    }

    private DraftServer open() {
        return new DraftServer(workspace, model.baseUrl().toString(), "https://models.invalid/v1");
    }

    private static String rows(int count) {
        StringBuilder csv = new StringBuilder("id,text,team\n");
        for (int i = 1; i <= count; i++) {
            csv.append("T-").append(i).append(",\"");
            csv.append(i % 10 == 0 ? "" : "message " + i + (i % 2 == 0 ? " I paid twice" : " my password is lost"));
            csv.append("\",x\n");
        }
        return csv.toString();
    }

    private String ready(int rows) {
        String draft = server.draftOf(rows(rows));
        server.client
                .patch(draft, Map.of("columns", Map.of("text", List.of("text"), "id", "id", "truth", "team")))
                .expect(200);
        server.client.put(draft + "/categories", CATEGORIES).expect(200);
        return draft;
    }

    private String readyForModel(int rows) {
        String draft = ready(rows);
        server.client
                .patch(
                        draft,
                        Map.of(
                                "settings",
                                Map.of(
                                        "provider", "openai",
                                        "model", "gpt-5-nano",
                                        "baseUrl", model.baseUrl().toString(),
                                        "subBatchSize", 5,
                                        "maxCost", "5.00")))
                .expect(200);
        return draft;
    }

    private static String id(JsonNode node) {
        return node.get("id").textValue();
    }

    private JobRecord job(String id) {
        return server.store.find(id).orElseThrow();
    }

    // ---- samples

    @Test
    void theSamplesAreReadyToRun() {
        for (Samples.Sample sample : Samples.all()) {
            JsonNode draft = server.get(server.sample(sample.id()));
            assertThat(draft.get("blockers")).isEmpty();
            assertThat(draft.get("found").get("rows").intValue()).isEqualTo(sample.rows());
            assertThat(draft.get("categories").get("categories")).hasSize(sample.categories());
            assertThat(draft.get("file").get("name").textValue()).isEqualTo(sample.name());
            assertThat(draft.get("file").get("sample").booleanValue()).isTrue();
        }
        server.client.post("/drafts", "{\"sample\":\"nothing\"}").expect(404);
        server.client.post("/drafts", "{\"sample\":\"../x\"}");
    }

    // ---- estimate

    @Test
    void anEstimateOfTheOfflineCategorizerIsFree() {
        JsonNode estimate =
                server.client.post(ready(50) + "/estimate").expect(200).json();
        assertThat(estimate.get("free").booleanValue()).isTrue();
        assertThat(estimate.get("rows").intValue()).isEqualTo(50);
        assertThat(estimate.get("toCategorize").intValue()).isEqualTo(45);
        assertThat(estimate.get("withoutText").intValue()).isEqualTo(5);
        assertThat(estimate.get("costHigh").isNull()).isTrue();
        assertThat(estimate.get("calls").intValue()).isEqualTo(3);
    }

    @Test
    void anEstimateOfAModelHasItsPriceAndCallsNobody() {
        String draft = readyForModel(50);
        JsonNode estimate = server.client.post(draft + "/estimate").expect(200).json();
        assertThat(estimate.get("free").booleanValue()).isFalse();
        assertThat(estimate.get("calls").intValue()).isEqualTo(9);
        assertThat(estimate.get("inputTokens").intValue()).isPositive();
        assertThat(Double.parseDouble(estimate.get("costLow").textValue()))
                .isPositive()
                .isLessThanOrEqualTo(Double.parseDouble(estimate.get("costHigh").textValue()));
        assertThat(estimate.get("measured").isNull()).isTrue();
        assertThat(model.stats().calls()).isZero();
    }

    @Test
    void anUnknownPriceIsNullAndNeverZero() {
        String draft = readyForModel(20);
        server.client
                .patch(
                        draft,
                        Map.of(
                                "settings",
                                Map.of(
                                        "provider", "openai",
                                        "model", "my-own",
                                        "baseUrl", model.baseUrl().toString())))
                .expect(200);
        JsonNode estimate = server.client.post(draft + "/estimate").expect(200).json();
        assertThat(estimate.get("costLow").isNull()).isTrue();
        assertThat(estimate.get("costHigh").isNull()).isTrue();
        assertThat(estimate.get("free").booleanValue()).isFalse();
        JsonNode trial = tried(draft);
        assertThat(trial.get("cost").isNull()).isTrue();
        assertThat(trial.get("fileCost").isNull()).isTrue();
    }

    // ---- trial

    private JsonNode tried(String draft) {
        server.client.post(draft + "/trial", "{\"rows\":25}").expect(202);
        return server.awaitTrial(draft);
    }

    @Test
    void aTrialAsksAboutRealRowsAndMeasuresThePrice() {
        String draft = readyForModel(200);
        JsonNode trial = tried(draft);
        assertThat(trial.get("state").textValue()).isEqualTo("done");
        assertThat(trial.get("items")).hasSize(25);
        assertThat(trial.get("done").intValue()).isEqualTo(25);
        assertThat(trial.get("calls").intValue()).isEqualTo(5);
        assertThat(trial.get("tokensPerRow").doubleValue()).isPositive();
        assertThat(trial.get("stale").booleanValue()).isFalse();
        assertThat(trial.get("fileCalls").intValue()).isPositive();
        JsonNode item = trial.get("items").get(0);
        assertThat(item.get("text").textValue())
                .startsWith("message " + item.get("row").intValue() + " ");

        JsonNode estimate = server.client.post(draft + "/estimate").expect(200).json();
        assertThat(estimate.get("knownTexts").intValue())
                .as("paid for by the trial")
                .isEqualTo(25);
        assertThat(estimate.get("measured")).isEqualTo(trial.get("fileCost"));
        assertThat(Double.parseDouble(trial.get("fileCost").textValue()))
                .isGreaterThan(Double.parseDouble(trial.get("cost").textValue()));

        server.client
                .put(draft + "/categories", "{\"categories\":[{\"name\":\"Else\"}]}")
                .expect(200);
        assertThat(server.get(draft + "/trial").get("stale").booleanValue()).isTrue();
        assertThat(server.client
                        .post(draft + "/estimate")
                        .expect(200)
                        .json()
                        .get("measured")
                        .isNull())
                .isTrue();
    }

    @Test
    void trialsAreNotAmongTheJobsAndGoWithTheirDraft() throws IOException {
        String draft = ready(30);
        tried(draft);
        assertThat(server.get("/jobs").get("items")).isEmpty();
        assertThat(server.store.jobs()).hasSize(1);
        assertThat(server.store.jobs().get(0).plan().name()).startsWith("trial ");
        tried(draft);
        assertThat(server.store.jobs()).as("the last one only").hasSize(1);
        server.client.delete(draft).expect(204);
        assertThat(server.store.jobs()).isEmpty();
        try (Stream<Path> files = Files.list(workspace.resolve("trials"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aTrialCanBeWatchedAndIsForgottenByARestart() throws IOException {
        model.close();
        model = FakeLlm.builder()
                .latency(Latency.fixed(Duration.ofMillis(1_500)))
                .places(1)
                .start();
        server.close();
        server = open();
        String draft = readyForModel(100);
        String other = readyForModel(101);
        String third = readyForModel(102);
        assertThat(server.client
                        .post(draft + "/trial", "{\"rows\":25}")
                        .expect(202)
                        .json()
                        .get("state")
                        .textValue())
                .isEqualTo("running");
        server.client.post(draft + "/trial", "{\"rows\":25}").expect(409);
        server.client.post(other + "/trial", "{\"rows\":25}").expect(202);
        server.client.post(third + "/trial", "{\"rows\":25}").expect(429);
        assertThat(server.get(draft + "/trial").get("rows").intValue()).isEqualTo(25);

        // As if the process had ended without a word.
        Path kept = workspace
                .resolve("drafts" + draft.substring("/drafts".length()))
                .resolve("trial.json");
        String running = Files.readString(kept);
        model.close();
        server.close();
        Files.writeString(kept, running);
        model = FakeLlm.builder().start();
        server = open();
        JsonNode trial = server.get(draft + "/trial");
        assertThat(trial.get("state").textValue()).isEqualTo("failed");
        assertThat(trial.get("problem").get("detail").textValue()).contains("the server was stopped");
        assertThat(server.get(other + "/trial").get("state").textValue()).isEqualTo("failed");
    }

    @Test
    void aTrialWithoutAKeyIsRefusedBeforeItBegins() {
        assumeThat(System.getenv("OPENAI_API_KEY")).isNull();
        String draft = ready(30);
        server.client
                .patch(
                        draft,
                        Map.of(
                                "settings",
                                Map.of("provider", "openai", "model", "m", "baseUrl", "https://models.invalid/v1")))
                .expect(200);
        for (String what : List.of("/trial", "/start")) {
            JsonNode problem = server.client.post(draft + what).expect(422).json();
            assertThat(problem.get("type").textValue()).isEqualTo("/problems/key-missing");
        }
    }

    @Test
    void theSizeOfATrialHasBounds() {
        String draft = ready(30);
        server.client.post(draft + "/trial", "{\"rows\":0}").expect(422);
        server.client.post(draft + "/trial", "{\"rows\":1001}").expect(422);
        server.client.post(draft + "/trial", "{\"rows\":3}").expect(202);
        assertThat(server.awaitTrial(draft).get("items")).hasSize(3);
    }

    @Test
    void withoutAModelThereIsABlocker() {
        String draft = ready(30);
        JsonNode now = server.client
                .patch(draft, Map.of("settings", Map.of("provider", "openai")))
                .expect(200)
                .json();
        assertThat(now.get("blockers").toString()).isEqualTo("[\"name a language model\"]");
        assertThat(server.client
                        .post(draft + "/start")
                        .expect(409)
                        .json()
                        .get("detail")
                        .textValue())
                .contains("name a language model");
    }

    // ---- prompt

    @Test
    void thePromptIsShownAsItWouldBeSent() {
        String draft = readyForModel(30);
        JsonNode prompt = server.get(draft + "/prompt?row=3");
        assertThat(prompt.get("text").textValue()).isEqualTo("message 3 my password is lost");
        assertThat(prompt.get("messages")).hasSize(2);
        assertThat(prompt.get("messages").get(0).get("role").textValue()).isEqualTo("system");
        assertThat(prompt.get("messages").get(0).get("content").textValue()).contains("Billing");
        assertThat(prompt.get("messages").get(1).get("content").textValue()).contains("message 3 my password is lost");
        assertThat(server.get(draft + "/prompt?row=10").get("messages"))
                .as("no text, no call")
                .isEmpty();
        server.client.get(draft + "/prompt?row=31").expect(404);
        server.client.get(draft + "/prompt?row=x").expect(400);
        assertThat(server.get(ready(5) + "/prompt").get("messages")).isEmpty();
    }

    // ---- start

    @Test
    void aDraftBecomesOneJob() throws IOException {
        String draft = ready(50);
        server.client
                .patch(draft, Map.of("settings", Map.of("name", "Tickets May", "batchSize", 20)))
                .expect(200);
        ContractAnswer first = server.client
                .with("Idempotency-Key", "k1")
                .post(draft + "/start")
                .expect(201);
        String job = id(first.json());
        assertThat(first.header("Location")).isEqualTo("/api/v1/jobs/" + job);
        assertThat(id(server.client
                        .with("Idempotency-Key", "k1")
                        .post(draft + "/start")
                        .expect(201)
                        .json()))
                .isEqualTo(job);
        server.client.with("Idempotency-Key", "k2").post(draft + "/start").expect(409);
        server.client.post(draft + "/start").expect(409);
        server.client.patch(draft, Map.of("settings", Map.of())).expect(409);
        server.client.delete(draft).expect(409);
        server.client.upload(draft + "/file?name=x.csv", rows(2)).expect(409);
        assertThat(server.get(draft).get("job").textValue()).isEqualTo(job);
        assertThat(server.get("/drafts").get("items")).isEmpty();

        server.awaitJob(job);
        Path output = job(job).plan().output();
        assertThat(Files.readAllLines(output)).hasSize(51);
        assertThat(output).startsWith(workspace.toRealPath().resolve("drafts"));

        Map<String, String> launch = job(job).plan().launch();
        assertThat(launch)
                .containsEntry("draft", draft.substring("/drafts/".length()))
                .containsEntry("file", "tickets.csv")
                .containsEntry("id-column", "id")
                .containsEntry("truth-column", "team");
        server.client.delete("/jobs/" + job, Map.of("name", "Tickets May")).expect(204);
        assertThat(output).doesNotExist();
        server.client.get(draft).expect(404);
    }

    @Test
    void aJobCanBeTakenUpByAnybodyWhoKnowsTheWorkspace() throws IOException {
        String draft = readyForModel(60);
        String job = id(server.client.post(draft + "/start").expect(201).json());
        server.awaitJob(job);
        byte[] output = Files.readAllBytes(job(job).plan().output());
        assertThat(Forecast.of(job(job).plan().launch())).as("kept with it").isPresent();

        JobOptions options = JobOptions.of(job(job).plan());
        Taxonomy taxonomy = LaunchCheck.requireUsable(options, workspace);
        Summary summary = Job.builder()
                .id(job)
                .input(options.source())
                .taxonomy(taxonomy)
                .categorizer(() -> Providers.named("openai").create(taxonomy, options.providerOptions()))
                .checkpoints(server.store)
                .output(options.output())
                .settings(options.settings())
                .build()
                .run();
        assertThat(summary.state().isFinished()).isTrue();
        assertThat(summary.calls()).isZero();
        assertThat(Files.readAllBytes(job(job).plan().output())).isEqualTo(output);
    }

    @Test
    void aJobThatTheDraftHasLostIsFoundAgain() throws IOException {
        String draft = ready(20);
        Path file = workspace
                .resolve("drafts" + draft.substring("/drafts".length()))
                .resolve("draft.json");
        String before = Files.readString(file);
        String job = id(server.client
                .with("Idempotency-Key", "k")
                .post(draft + "/start")
                .expect(201)
                .json());
        server.awaitJob(job);
        Files.writeString(file, before); // As a crash between the two leaves it.
        assertThat(id(server.client
                        .with("Idempotency-Key", "k")
                        .post(draft + "/start")
                        .expect(201)
                        .json()))
                .isEqualTo(job);
        assertThat(server.get("/jobs").get("items")).hasSize(1);
    }

    // ---- again, and examples

    @Test
    void aJobCanBeMadeAgainAndOutlivedByItsLikeness() {
        String draft = ready(40);
        String job = id(server.client.post(draft + "/start").expect(201).json());
        server.awaitJob(job);
        JsonNode again =
                server.client.post("/jobs/" + job + "/again").expect(201).json();
        JsonNode before = server.get(draft);
        for (String same : List.of("reading", "columns", "categories", "settings", "file")) {
            assertThat(again.get(same)).as(same).isEqualTo(before.get(same));
        }
        assertThat(again.get("blockers")).isEmpty();
        server.client.delete("/jobs/" + job, Map.of("name", "tickets.csv")).expect(204);
        String second = id(server.client
                .post(DraftServer.pathOf(again) + "/start")
                .expect(201)
                .json());
        assertThat(second).isNotEqualTo(job);
        server.awaitJob(second);
        server.client.post("/jobs/nothing/again").expect(404);
        server.client.post("/drafts", "{\"job\":\"nothing\"}").expect(404);
    }

    @Test
    void aJobOfTheCommandLineCanBeMadeAgain(@TempDir Path elsewhere) throws IOException {
        Path input = Files.writeString(elsewhere.resolve("my.csv"), rows(30));
        Path categories = Files.writeString(elsewhere.resolve("c.txt"), "Billing\nLogin\n");
        String job = jobOfCommandLine(input, categories, elsewhere.resolve("out.csv"));
        JsonNode draft =
                server.client.post("/drafts", Map.of("job", job)).expect(201).json();
        assertThat(draft.get("file").get("name").textValue()).isEqualTo("my.csv");
        assertThat(draft.get("columns").get("text").toString()).isEqualTo("[\"text\"]");
        assertThat(draft.get("settings").get("batchSize").intValue()).isEqualTo(10);
        assertThat(draft.get("blockers")).isEmpty();
        server.client.delete(DraftServer.pathOf(draft)).expect(204);
        assertThat(input).exists();
        Files.delete(input);
        assertThat(server.client
                        .post("/jobs/" + job + "/again")
                        .expect(409)
                        .json()
                        .get("detail")
                        .textValue())
                .contains("not there any more");
    }

    private String jobOfCommandLine(Path input, Path categories, Path output) {
        JobOptions options = new JobOptions(
                input,
                output,
                Optional.of(categories),
                List.of("text"),
                "auto",
                "auto",
                RaggedPolicy.AUTO,
                false,
                false,
                "local",
                new TreeMap<>(Map.of("min-confidence", "0.1")),
                10,
                5,
                0,
                false);
        Taxonomy taxonomy = options.taxonomy();
        return Job.builder()
                .input(options.source())
                .taxonomy(taxonomy)
                .categorizer(Providers.named("local").create(taxonomy, options.providerOptions()))
                .checkpoints(server.store)
                .output(output)
                .settings(options.settings())
                .launch(options.toMap())
                .build()
                .run()
                .jobId();
    }

    @Test
    void aRowBecomesAnExampleInADraftLikeTheJob() {
        String draft = ready(40);
        String job = id(server.client.post(draft + "/start").expect(201).json());
        server.awaitJob(job);
        String example = "/jobs/" + job + "/rows/3/example";
        JsonNode added = server.client
                .post(example, Map.of("category", "Login"))
                .expect(201)
                .json();
        assertThat(added.get("examples").intValue()).isEqualTo(1);
        JsonNode other = server.client
                .post("/jobs/" + job + "/rows/4/example", Map.of("category", "Billing"))
                .expect(201)
                .json();
        assertThat(id(other.get("draft"))).as("the same draft").isEqualTo(id(added.get("draft")));
        assertThat(server.client
                        .post(example, Map.of("category", "Login"))
                        .expect(201)
                        .json()
                        .get("examples")
                        .intValue())
                .as("not twice")
                .isEqualTo(1);
        JsonNode now = server.get(DraftServer.pathOf(added.get("draft")));
        assertThat(now.get("categories")
                        .get("categories")
                        .get(1)
                        .get("examples")
                        .get(0)
                        .textValue())
                .isEqualTo(new Item(3, "message 3 my password is lost").text());
        assertThat(server.get(draft).get("categories").toString()).doesNotContain("message 3");

        JsonNode problem = server.client
                .post(example, Map.of("category", "Logn"))
                .expect(422)
                .json();
        assertThat(problem.get("errors").get(0).get("suggestion").textValue()).isEqualTo("Login");
        server.client
                .post("/jobs/" + job + "/rows/99/example", Map.of("category", "Login"))
                .expect(404);
        server.client.post("/jobs/" + job + "/rows/x/example", Map.of("category", "Login"));
        server.client
                .post("/jobs/" + job + "/rows/10/example", Map.of("category", "Login"))
                .expect(409);
    }
}

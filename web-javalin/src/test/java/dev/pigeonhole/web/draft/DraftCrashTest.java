package dev.pigeonhole.web.draft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Latency;
import dev.pigeonhole.web.contract.ContractAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drafts, trials and uploads when the disk fails or the process ends at a bad moment: nothing paid is lost, nothing is left behind. */
class DraftCrashTest {
    private static final String CATEGORIES =
            "{\"categories\":[{\"name\":\"Billing\",\"keywords\":[\"paid\"]},{\"name\":\"Login\",\"keywords\":[\"password\"]}]}";
    private static final String OTHER = "{\"categories\":[{\"name\":\"Else\"}]}";

    @TempDir
    Path workspace;

    private final ForgetfulDisk disk = new ForgetfulDisk();
    private FakeLlm model;
    private DraftServer server;

    @BeforeEach
    void start() throws IOException {
        model = FakeLlm.builder().start();
        server = open(Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() throws IOException {
        disk.refuse("");
        model.close();
        server.close();
    }

    private DraftServer open(Duration patience) {
        return new DraftServer(workspace, disk, patience, model.baseUrl().toString());
    }

    private void restart() {
        server.close();
        server = open(Duration.ofSeconds(10));
    }

    private String ready(int rows) {
        StringBuilder csv = new StringBuilder("id,text\n");
        IntStream.rangeClosed(1, rows)
                .forEach(i -> csv.append(i).append(",message ").append(i).append(" I paid twice\n"));
        String draft = server.draftOf(csv.toString());
        server.client
                .patch(draft, Map.of("columns", Map.of("text", List.of("text"))))
                .expect(200);
        server.client.put(draft + "/categories", CATEGORIES).expect(200);
        return draft;
    }

    private String readyForModel(int rows) {
        String draft = ready(rows);
        Map<String, Object> settings = Map.of(
                "provider", "openai",
                "model", "gpt-5-nano",
                "baseUrl", model.baseUrl().toString(),
                "subBatchSize", 5,
                "maxCost", "5.00");
        server.client.patch(draft, Map.of("settings", settings)).expect(200);
        return draft;
    }

    private Path folder(String draft) {
        return workspace.resolve("drafts" + draft.substring("/drafts".length()));
    }

    private List<String> trialFiles() throws IOException {
        try (Stream<Path> files = Files.list(workspace.resolve("trials"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String id(JsonNode node) {
        return node.get("id").textValue();
    }

    // ---- a job that its draft does not know

    private ContractAnswer start(String draft, String key) {
        return server.client.with("Idempotency-Key", key).post(draft + "/start");
    }

    /** The job is made, and the draft cannot be saved. */
    private String loseJobOf(String draft) {
        disk.refuse("draft.json.new");
        start(draft, "k").expect(507);
        disk.refuse("");
        assertThat(server.store.jobs()).hasSize(1);
        return server.store.jobs().get(0).id();
    }

    @Test
    void aDraftThatCouldNotBeSavedAtTheStartIsItsJobAndRunsWithTheNextStart() {
        String draft = ready(20);
        String job = loseJobOf(draft);
        assertThat(server.get("/drafts").get("items")).isEmpty();
        assertThat(server.get(draft).get("job").textValue()).isEqualTo(job);
        server.client.put(draft + "/categories", OTHER).expect(409);
        server.client.delete(draft).expect(409);
        assertThat(id(start(draft, "k").expect(201).json())).isEqualTo(job);
        server.awaitJob(job);
        assertThat(id(start(draft, "k").expect(201).json()))
                .as("the same answer")
                .isEqualTo(job);
        start(draft, "other").expect(409);
        assertThat(server.store.jobs()).hasSize(1);
    }

    @Test
    void aDraftThatCouldNotBeSavedAtTheStartCannotBeChangedUnseen() {
        String draft = ready(20);
        loseJobOf(draft);
        server.client.put(draft + "/categories", OTHER).expect(409);
    }

    @Test
    void aJobDoesNotRunBeforeItsDraftKnowsIt() {
        String draft = readyForModel(20);
        String job = loseJobOf(draft);
        restart();
        assertThat(model.stats().calls()).isZero();
        assertThat(server.get("/drafts").get("items")).isEmpty();
        assertThat(server.get(draft).get("job").textValue()).isEqualTo(job);
        server.client.delete(draft).expect(409);
        assertThat(id(start(draft, "k").expect(201).json())).isEqualTo(job);
        server.awaitJob(job);
    }

    @Test
    void deletingADraftThatHasLostItsJobLeavesTheFilesOfTheJob() throws IOException {
        String draft = ready(20);
        Path kept = folder(draft).resolve("draft.json");
        String before = Files.readString(kept);
        String job = id(start(draft, "k").expect(201).json());
        server.awaitJob(job);
        Files.writeString(kept, before); // As a crash between the two leaves it.
        server.client.delete(draft).expect(409);
        JobRecord record = server.store.find(job).orElseThrow();
        assertThat(record.plan().output()).exists();
        assertThat(record.plan().input()).exists();
    }

    // ---- a trial that is running

    @Test
    void aJobDoesNotBeginBeforeTheTrialHasEnded() throws IOException {
        model.close();
        model = FakeLlm.builder()
                .latency(Latency.fixed(Duration.ofMillis(1_500)))
                .start();
        server.close();
        server = open(Duration.ofMillis(50));
        String draft = readyForModel(20);
        String unready = readyForModel(21);
        server.client.put(unready + "/categories", "{\"categories\":[]}");
        server.client.post(draft + "/trial", "{\"rows\":20}").expect(202);
        server.await(draft + "/trial", trial -> model.stats().calls() > 0);

        JsonNode problem = start(draft, "k").expect(409).json();
        assertThat(problem.get("detail").textValue())
                .contains("the trial is ending")
                .contains("start in a moment");
        assertThat(server.client.delete(draft).expect(409).json().get("detail").textValue())
                .contains("in a moment");
        assertThat(server.get(draft).get("job").isNull()).isTrue();

        server.awaitTrial(draft);
        String job = id(start(draft, "k").expect(201).json());
        server.awaitJob(job);
        assertThat(model.stats().calls()).as("20 rows, 5 a call, none twice").isEqualTo(4);
    }

    @Test
    void aStartThatIsRefusedDoesNotEndTheTrial() throws IOException {
        model.close();
        model = FakeLlm.builder()
                .latency(Latency.fixed(Duration.ofMillis(1_000)))
                .start();
        restart();
        String draft = readyForModel(20);
        server.client.post(draft + "/trial", "{\"rows\":20}").expect(202);
        server.client
                .patch(draft, Map.of("settings", Map.of("provider", "openai")))
                .expect(200);
        start(draft, "k").expect(409);
        assertThat(server.awaitTrial(draft).get("state").textValue()).isEqualTo("done");
    }

    // ---- what trials leave

    @Test
    void aTrialThatWasKilledIsRemovedWithItsDraft() throws IOException {
        String draft = ready(20);
        server.client.post(draft + "/trial", "{\"rows\":5}").expect(202);
        server.awaitTrial(draft);
        Path kept = folder(draft).resolve("trial.json");
        assertThat(Files.readString(kept)).contains("\"files\":\"trial-");
        // As it is kept at the very beginning, before there is a job.
        Files.writeString(kept, Files.readString(kept).replaceFirst("\"job\":\"[a-z0-9]+\"", "\"job\":\"\""));
        restart();
        assertThat(trialFiles()).as("the draft knows them").hasSize(2);
        server.client.delete(draft).expect(204);
        assertThat(trialFiles()).isEmpty();
        assertThat(server.store.jobs()).isEmpty();
    }

    @Test
    void trialsOfWhichNoDraftKnowsAreRemovedAtTheStartAndThoseOfTheCommandLineStay() throws IOException {
        String draft = ready(20);
        server.client.post(draft + "/trial", "{\"rows\":5}").expect(202);
        server.awaitTrial(draft);
        Files.delete(folder(draft).resolve("trial.json"));
        Path trials = workspace.resolve("trials");
        Files.writeString(trials.resolve("trial-aaaabbbbccccdddd.csv"), "row,text\n1,secret\n");
        Files.writeString(trials.resolve("trial-20261123-101500-123.csv"), "row,text\n1,mine\n");
        Files.writeString(trials.resolve("trial-20261123-101500-123-result.csv"), "row,text\n1,mine\n");
        restart();
        assertThat(trialFiles())
                .containsExactly("trial-20261123-101500-123-result.csv", "trial-20261123-101500-123.csv");
        assertThat(server.store.jobs()).isEmpty();
    }

    @Test
    void aTrialThatCannotBeKeptLeavesNoRows() throws IOException {
        String draft = ready(20);
        disk.refuse("trial.json.new");
        server.client.post(draft + "/trial", "{\"rows\":5}").expect(507);
        disk.refuse("");
        assertThat(trialFiles()).isEmpty();
        server.client.post(draft + "/trial", "{\"rows\":5}").expect(202);
        assertThat(server.awaitTrial(draft).get("state").textValue()).isEqualTo("done");
    }

    // ---- what uploads and deleted jobs leave

    @Test
    void whatUploadsHaveLeftIsRemovedAtTheStart() throws IOException {
        String draft = ready(20);
        String job = id(start(ready(30), "k").expect(201).json());
        server.awaitJob(job);
        Path input = server.store.find(job).orElseThrow().plan().input();
        Path mine = folder(draft);
        Files.writeString(mine.resolve("upload-7d0c.part"), "half");
        Files.writeString(mine.resolve("input-aaaabbbbccccdddd.csv"), "of nobody");
        Path empty = Files.createDirectory(workspace.resolve("drafts").resolve("aaaabbbbccccdddd"));
        Files.writeString(empty.resolve("input-aaaabbbbccccdddd.csv"), "of nobody");
        Path foreign = Files.createDirectory(workspace.resolve("drafts").resolve("not-ours"));
        restart();
        try (Stream<Path> files = Files.list(mine)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("draft.json")))
                    .as("the input only")
                    .singleElement()
                    .asString()
                    .matches("input-[a-z0-9]{16}\\.csv");
        }
        assertThat(empty).doesNotExist();
        assertThat(foreign).exists();
        assertThat(input).exists();
        assertThat(server.get(draft).get("found").get("rows").intValue()).isEqualTo(20);
    }

    @Test
    void aFolderWithoutItsDraftStaysWhereAJobNeedsIt() throws IOException {
        String draft = ready(20);
        String job = id(start(draft, "k").expect(201).json());
        server.awaitJob(job);
        Files.delete(folder(draft).resolve("draft.json"));
        restart();
        JobRecord record = server.store.find(job).orElseThrow();
        assertThat(record.plan().input()).exists();
        assertThat(record.plan().output()).exists();
    }

    @Test
    void theFilesOfAJobThatWasDeletedHalfwayAreRemovedAtTheStart() {
        String draft = ready(20);
        String other = ready(21);
        String job = id(start(draft, "k").expect(201).json());
        server.awaitJob(job);
        server.drafts.removing(server.store.find(job).orElseThrow());
        server.store.delete(job); // As a crash before the files went leaves it.
        restart();
        assertThat(folder(draft)).doesNotExist();
        server.client.get(draft).expect(404);
        server.client.get(other).expect(200);
    }

    @Test
    void theFilesOfAJobThatIsGoneForAnotherReasonStay() {
        String draft = ready(20);
        String job = id(start(draft, "k").expect(201).json());
        server.awaitJob(job);
        JobRecord record = server.store.find(job).orElseThrow();
        server.store.delete(job); // Nobody has asked the page for it.
        restart();
        assertThat(record.plan().input()).exists();
        assertThat(record.plan().output()).exists();
    }

    // ---- examples

    @Test
    void anExampleOfAnUnknownCategoryMakesNoDraft() {
        String job = id(start(ready(20), "k").expect(201).json());
        server.awaitJob(job);
        for (int i = 0; i < 3; i++) {
            server.client
                    .post("/jobs/" + job + "/rows/3/example", Map.of("category", "Logn"))
                    .expect(422);
        }
        assertThat(server.get("/drafts").get("items")).isEmpty();
    }

    @Test
    void examplesAtTheSameTimeShareOneDraft() {
        String job = id(start(ready(20), "k").expect(201).json());
        server.awaitJob(job);
        IntStream.rangeClosed(1, 8)
                .parallel()
                .forEach(row -> server.client
                        .post("/jobs/" + job + "/rows/" + row + "/example", Map.of("category", "Login"))
                        .expect(201));
        JsonNode drafts = server.get("/drafts").get("items");
        assertThat(drafts).hasSize(1);
        assertThat(drafts.get(0).get("categories").get("categories").get(1).get("examples"))
                .hasSize(8);
    }
}

package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.core.checkpoint.CheckpointStore;
import dev.pigeonhole.core.checkpoint.Holder;
import dev.pigeonhole.core.checkpoint.JobLease;
import dev.pigeonhole.core.checkpoint.JobPlan;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Latency;
import dev.pigeonhole.store.jdbc.JdbcCheckpointStore;
import dev.pigeonhole.web.contract.ContractAnswer;
import dev.pigeonhole.workspace.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs over HTTP, with the offline categorizer. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JobApiTest {
    @TempDir
    Path folder;

    /** A job that asks it runs for half a minute, unless it is stopped. */
    private static FakeLlm slow() throws IOException {
        return FakeLlm.builder().latency(Latency.fixed(Duration.ofMillis(300))).start();
    }

    @Test
    void aJobRunsToItsEndAndItsNumbersAddUp() {
        try (JobServer server = new JobServer(folder)) {
            String id = server.begin("tickets", 403);
            JsonNode job = server.await(id, "completed", "completed_with_failures");

            JsonNode rows = job.path("rows");
            assertThat(rows.path("total").asLong()).isEqualTo(403);
            assertThat(rows.path("categorized").asLong()
                            + rows.path("unmatched").asLong()
                            + rows.path("failed").asLong()
                            + rows.path("skipped").asLong())
                    .isEqualTo(403);
            assertThat(rows.path("waiting").asLong()).isZero();
            long byCategory = 0;
            for (JsonNode category : job.path("byCategory")) {
                byCategory += category.path("rows").asLong();
            }
            assertThat(byCategory).isEqualTo(rows.path("categorized").asLong());
            assertThat(job.path("percent").asInt()).isEqualTo(100);
            assertThat(job.path("title").asText()).isEqualTo("tickets.csv");
            assertThat(job.path("output").path("published").asBoolean()).isTrue();
            assertThat(job.path("batches").path("done").asInt()).isEqualTo(9);
            assertThat(job.path("cost").path("free").asBoolean()).isTrue();
            assertThat(server.client
                            .get("/jobs")
                            .expect(200)
                            .json()
                            .path("total")
                            .asInt())
                    .isOne();
        }
    }

    @Test
    void whatTheStateDoesNotAllowIsAConflictThatSaysWhatItAllows() {
        try (JobServer server = new JobServer(folder)) {
            String id = server.begin("tickets", 20);
            server.await(id, "completed");
            for (String action : new String[] {"pause", "cancel", "resume", "retry", "publish"}) {
                JsonNode problem = server.client
                        .post("/jobs/" + id + "/" + action)
                        .expect(409)
                        .json();
                assertThat(problem.path("type").asText()).isEqualTo("/problems/job-state-conflict");
                assertThat(problem.path("allowedActions")).hasSize(4);
            }
        }
    }

    @Test
    void aJobThatIsNotThereIsNotFound() {
        try (JobServer server = new JobServer(folder)) {
            for (String path : new String[] {
                "",
                "/events",
                "/batches",
                "/series?name=rate",
                "/rows",
                "/facets",
                "/rows/1",
                "/failures",
                "/log",
                "/setup",
                "/download"
            }) {
                server.client.get("/jobs/0123456789" + path).expect(404);
            }
            server.client.post("/jobs/0123456789/pause").expect(404);
        }
    }

    @Test
    void moreJobsThanItTakesAreRefusedAndThoseThatWaitHaveTheirTurn() throws Exception {
        try (FakeLlm llm = slow();
                JobServer server = new JobServer(folder, new DeskLimits(1, 1, 5))) {
            String running = server.beginWith(llm, "big.csv");
            String waiting = server.begin("second", 20);
            ContractAnswer third = null;
            try {
                server.begin("third", 20);
            } catch (dev.pigeonhole.web.json.ProblemException e) {
                assertThat(e.problem().type().status()).isEqualTo(429);
                third = server.client.get("/jobs").expect(200);
            }
            assertThat(third).as("the third was refused").isNotNull();
            assertThat(third.json().path("total").asInt()).isEqualTo(2);

            server.client.post("/jobs/" + running + "/cancel").expect(202);
            JsonNode cancelled = server.await(running, "paused");
            assertThat(cancelled.path("reason").asText()).isEqualTo("CANCELLED");
            server.client.post("/jobs/" + running + "/cancel").expect(202);
            server.await(waiting, "completed");
        }
    }

    @Test
    void aJobThatWaitsForItsTurnCanBeTakenOutOfTheQueue() throws Exception {
        try (FakeLlm llm = slow();
                JobServer server = new JobServer(folder, new DeskLimits(1, 3, 5))) {
            String running = server.beginWith(llm, "big.csv");
            String waiting = server.begin("second", 20);
            assertThat(server.job(waiting).path("state").asText()).isEqualTo("queued");
            JsonNode paused = server.client
                    .post("/jobs/" + waiting + "/pause")
                    .expect(202)
                    .json();
            assertThat(paused.path("state").asText()).isEqualTo("paused");
            server.client.post("/jobs/" + running + "/pause").expect(202);
            server.await(running, "paused");
            assertThat(server.job(waiting).path("rows").path("waiting").asInt()).isEqualTo(20);
            server.client.post("/jobs/" + waiting + "/resume").expect(202);
            server.await(waiting, "completed");
        }
    }

    @Test
    void aJobThatWaitsCanBeCancelledAndStaysSoAfterARestart() throws Exception {
        String waiting;
        try (FakeLlm llm = slow();
                JobServer server = new JobServer(folder, new DeskLimits(1, 3, 5))) {
            String running = server.beginWith(llm, "big.csv");
            waiting = server.begin("second", 20);
            server.client.post("/jobs/" + waiting + "/cancel").expect(202);
            server.client.post("/jobs/" + running + "/pause").expect(202);
            JsonNode paused = server.await(running, "paused");
            assertThat(paused.path("reason").asText()).isEqualTo("USER");
            JsonNode cancelled = server.client
                    .post("/jobs/" + running + "/cancel")
                    .expect(202)
                    .json();
            assertThat(cancelled.path("reason").asText()).isEqualTo("CANCELLED");
            assertThat(cancelled.path("allowedActions").toString())
                    .contains("resume")
                    .doesNotContain("cancel");
        }
        try (JobServer server = new JobServer(folder, new DeskLimits(1, 3, 5))) {
            assertThat(server.job(waiting).path("reason").asText()).isEqualTo("CANCELLED");
            server.client.post("/jobs/" + waiting + "/resume").expect(202);
            server.await(waiting, "completed");
        }
    }

    @Test
    void aServerThatIsStoppedMidRunLosesNothing() throws Exception {
        String id;
        String whole;
        byte[] expected;
        Path input;
        try (JobServer server = new JobServer(folder)) {
            input = server.input("big.csv", 6_000);
            JobOptions undisturbed = server.options(server.input("same.csv", 6_000), "local", Map.of(), 500, 7);
            whole = server.desk.begin(undisturbed, "", new TreeMap<>());
            server.await(whole, "completed");
            expected = Files.readAllBytes(undisturbed.output());

            id = server.desk.begin(server.options(input, "local", Map.of(), 500, 7), "", new TreeMap<>());
            JobServer.await(() -> server.job(id).path("rows").path("waiting").asInt() < 6_000);
        }
        try (JobServer server = new JobServer(folder)) {
            JsonNode job = server.job(id);
            if (!job.path("state").asText().equals("completed")) {
                assertThat(job.path("state").asText()).isEqualTo("paused");
                server.client.post("/jobs/" + id + "/resume").expect(202);
                server.await(id, "completed");
            }
            assertThat(server.client
                            .get("/jobs/" + id + "/download")
                            .expect(200)
                            .bytes())
                    .isEqualTo(expected);
            assertThat(Files.readAllBytes(folder.resolve("big.csv.output.csv"))).isEqualTo(expected);
        }
    }

    @Test
    void aJobIsDeletedOnlyByItsName() {
        try (JobServer server = new JobServer(folder)) {
            String id = server.begin("tickets", 20);
            server.await(id, "completed");
            server.client.delete("/jobs/" + id, Map.of("name", "other.csv")).expect(422);
            server.client.delete("/jobs/" + id, Map.of("name", "tickets.csv")).expect(204);
            server.client.get("/jobs/" + id).expect(404);
            assertThat(server.removed).hasSize(1);
            assertThat(server.removed.get(0).id()).isEqualTo(id);
        }
    }

    @Test
    void aJobThatRunsIsNotDeleted() throws Exception {
        try (FakeLlm llm = slow();
                JobServer server = new JobServer(folder)) {
            String id = server.beginWith(llm, "big.csv");
            server.client.delete("/jobs/" + id, Map.of("name", "big.csv")).expect(409);
            server.client.post("/jobs/" + id + "/pause").expect(202);
            server.await(id, "paused");
            server.client.delete("/jobs/" + id, Map.of("name", "big.csv")).expect(204);
        }
    }

    @Test
    void aJobWhoseCategoriesAreGoneSaysSoAndCanBeTakenUpAgain() throws Exception {
        try (FakeLlm llm = slow();
                JobServer server = new JobServer(folder, DeskLimits.usual(), List.of(llm))) {
            String id = server.beginWith(llm, "big.csv");
            server.client.post("/jobs/" + id + "/pause").expect(202);
            server.await(id, "paused");
            byte[] categories = Files.readAllBytes(folder.resolve("categories.yaml"));
            Files.delete(folder.resolve("categories.yaml"));
            server.client.post("/jobs/" + id + "/resume").expect(202);
            JsonNode failed = server.await(id, "failed");
            assertThat(failed.path("message").asText()).contains("categories.yaml");
            Files.write(folder.resolve("categories.yaml"), categories);
            server.client.post("/jobs/" + id + "/resume").expect(202);
            server.await(id, "running");
            server.client.post("/jobs/" + id + "/pause").expect(202);
            server.await(id, "paused");
        }
    }

    @Test
    void theBatchesAddUpAndTheSetUpIsThere() {
        try (JobServer server = new JobServer(folder)) {
            String id = server.begin("tickets", 120);
            server.await(id, "completed");
            JsonNode batches =
                    server.client.get("/jobs/" + id + "/batches").expect(200).json();
            assertThat(batches.path("items")).hasSize(3);
            assertThat(batches.path("items").path(2).path("rows").asInt()).isEqualTo(20);
            JsonNode setup =
                    server.client.get("/jobs/" + id + "/setup").expect(200).json();
            assertThat(setup.path("columns").path("id").asText()).isEqualTo("id");
            assertThat(setup.path("command").asText())
                    .startsWith("pigeonhole run ")
                    .contains("--batch-size 50")
                    .contains("--workspace " + folder.resolve("workspace"));
            server.client.get("/jobs/" + id + "/series?name=rate").expect(200);
            server.client.get("/jobs/" + id + "/series?name=cost").expect(200);
            server.client.get("/jobs/" + id + "/series?name=other").expect(400);
            server.client.get("/jobs/" + id + "/failures").expect(200);
            server.client.get("/jobs/" + id + "/log").expect(200);
        }
    }

    @Test
    void aJobThatAnotherProcessRunsCanBeWatchedAndNotSteered() {
        try (JobServer server = new JobServer(folder)) {
            String id = server.begin("tickets", 20);
            server.await(id, "completed");
            try (CheckpointStore other = JdbcCheckpointStore.sqlite(folder.resolve("workspace"))) {
                JobLease lease = other.acquire(id, new Holder(1, "elsewhere", Instant.EPOCH));
                JsonNode job = server.job(id);
                assertThat(job.path("elsewhere").asBoolean()).isTrue();
                assertThat(job.path("state").asText()).isEqualTo("running");
                for (String action : new String[] {"pause", "cancel", "resume", "retry", "publish"}) {
                    server.client.post("/jobs/" + id + "/" + action).expect(409);
                }
                server.client
                        .delete("/jobs/" + id, Map.of("name", "tickets.csv"))
                        .expect(409);
                lease.close();
            }
            JsonNode after = server.await(id, "interrupted");
            assertThat(after.path("elsewhere").asBoolean()).isFalse();
            server.client.post("/jobs/" + id + "/resume").expect(202);
            server.await(id, "completed");
        }
    }

    @Test
    void jobsOfOtherProgramsAndTrialsDoNotGetInTheWay() throws Exception {
        try (JobServer server = new JobServer(folder)) {
            String id = server.begin("tickets", 20);
            server.await(id, "completed");
            Path trials = Files.createDirectories(folder.resolve("workspace").resolve("trials"));
            Path sample = Files.copy(folder.resolve("tickets.csv"), trials.resolve("t1.csv"));
            server.await(
                    server.desk.begin(server.options(sample, "local", Map.of(), 50, 10), "trial 1", new TreeMap<>()),
                    "completed");
            JobPlan plan = server.store.find(id).orElseThrow().plan();
            server.store.create(new JobPlan(
                    "library",
                    plan.input(),
                    folder.resolve("library.csv"),
                    plan.settings(),
                    new TreeMap<>(),
                    plan.categories(),
                    plan.profile()));
            JsonNode jobs = server.client.get("/jobs").expect(200).json();
            assertThat(jobs.path("total").asInt()).isEqualTo(2);
            JsonNode library = jobs.path("items").path(0);
            assertThat(library.path("title").asText()).isEqualTo("library");
            assertThat(library.path("allowedActions").toString()).isEqualTo("[\"delete\"]");
            server.client
                    .post("/jobs/" + library.path("id").asText() + "/resume")
                    .expect(409);
            server.client.get("/jobs/" + library.path("id").asText() + "/rows").expect(422);
        }
    }

    @Test
    void aJobThatAsksAnAddressOfSomebodyElseIsNotTakenUpAndSaysWhichFlagAllowsIt() throws Exception {
        try (FakeLlm llm = slow();
                JobServer server = new JobServer(folder)) {
            String id = server.beginWith(llm, "big.csv");
            server.client.post("/jobs/" + id + "/pause").expect(202);
            server.await(id, "paused");
            JsonNode problem =
                    server.client.post("/jobs/" + id + "/resume").expect(422).json();
            assertThat(problem.path("detail").asText()).contains("serve --base-url " + llm.baseUrl());
            assertThat(server.job(id).path("state").asText()).isEqualTo("paused");
        }
    }

    @Test
    void aWrongCapIsRefusedAndTheJobCanStillBeTakenUp() throws Exception {
        String id;
        String paid;
        try (FakeLlm llm = slow();
                JobServer server = new JobServer(folder, new DeskLimits(1, 2, 5), List.of(llm))) {
            paid = server.beginWith(llm, "big.csv");
            id = server.begin("second", 20);
            server.client.post("/jobs/" + id + "/pause").expect(202);
            server.client.post("/jobs/" + paid + "/pause").expect(202);
            server.await(paid, "paused");
            server.client
                    .post("/jobs/" + paid + "/resume", Map.of("maxCost", "0"))
                    .expect(422);
            server.client
                    .post("/jobs/" + id + "/resume", Map.of("maxCost", "5"))
                    .expect(422);
            server.client.post("/jobs/" + id + "/resume").expect(202);
            server.await(id, "completed");
        }
    }

    @Test
    void jobsThatWaitOrRunWhenTheServerIsStoppedSaySo() throws Exception {
        String running;
        String waiting;
        try (FakeLlm llm = slow();
                JobServer server = new JobServer(folder, new DeskLimits(1, 3, 5))) {
            running = server.beginWith(llm, "big.csv");
            waiting = server.begin("second", 20);
            server.await(running, "running");
        }
        try (JobServer server = new JobServer(folder)) {
            assertThat(server.job(running).path("message").asText()).isEqualTo("the server was stopped");
            assertThat(server.job(waiting).path("reason").asText()).isEqualTo("USER");
            assertThat(server.job(waiting).path("message").asText())
                    .isEqualTo("waited for its turn when the server was stopped");
        }
    }

    @Test
    void anUnfinishedJobIsGoneOnWithOnTheCommandLineInItsWorkspaceAndKeepsTheNamesThatItHas() throws Exception {
        try (FakeLlm llm = slow();
                JobServer server = new JobServer(folder)) {
            String id = server.beginWith(llm, "big.csv");
            server.client.post("/jobs/" + id + "/pause").expect(202);
            server.await(id, "paused");
            Files.writeString(folder.resolve("categories.yaml"), "categories: [Other, Billing]");
            JsonNode setup =
                    server.client.get("/jobs/" + id + "/setup").expect(200).json();
            assertThat(setup.path("command").asText())
                    .isEqualTo("pigeonhole resume " + id + " --workspace " + folder.resolve("workspace"));
            assertThat(setup.path("categories").path("categories").findValuesAsText("name"))
                    .containsExactlyElementsOf(JobServer.CATEGORIES);
            Files.delete(folder.resolve("categories.yaml"));
            assertThat(server.client
                            .get("/jobs/" + id + "/setup")
                            .expect(200)
                            .json()
                            .path("categories")
                            .path("categories")
                            .findValuesAsText("name"))
                    .containsExactlyElementsOf(JobServer.CATEGORIES);
        }
    }

    @Test
    void aJobThatAnotherProcessDeletesIsGoneHereToo() {
        try (JobServer server = new JobServer(folder)) {
            String id = server.begin("tickets", 20);
            server.await(id, "completed");
            try (CheckpointStore other = JdbcCheckpointStore.sqlite(folder.resolve("workspace"))) {
                other.delete(id);
            }
            for (String path : new String[] {"", "/batches", "/rows", "/setup"}) {
                server.client.get("/jobs/" + id + path).expect(404);
            }
            assertThat(server.client
                            .get("/jobs")
                            .expect(200)
                            .json()
                            .path("total")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void theListCountsRowsWithoutALookAtEachOfThem() {
        String id;
        try (JobServer server = new JobServer(folder)) {
            id = server.begin("tickets", 40);
            server.await(id, "completed");
        }
        try (JobServer server = new JobServer(folder)) {
            JsonNode job =
                    server.client.get("/jobs").expect(200).json().path("items").path(0);
            assertThat(job.path("id").asText()).isEqualTo(id);
            assertThat(job.path("rows").path("categorized").asInt()).isEqualTo(30);
            assertThat(job.path("rows").path("waiting").asInt()).isZero();
            assertThat(job.path("byCategory")).isEmpty();
            assertThat(server.job(id).path("byCategory")).isNotEmpty();
        }
    }
}

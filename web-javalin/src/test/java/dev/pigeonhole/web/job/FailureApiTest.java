package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Fault;
import dev.pigeonhole.fakellm.FaultRule;
import dev.pigeonhole.fakellm.Oracle;
import dev.pigeonhole.web.contract.ContractEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that fail, and jobs that have to wait, with a fake language model that misbehaves. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FailureApiTest {
    @TempDir
    Path folder;

    private static FakeLlm.Builder llm() {
        return FakeLlm.builder()
                .oracle(Oracle.byKeywords(Map.of("invoice", "Billing", "password", "Login", "parcel", "Delivery")));
    }

    private static String begin(JobServer server, FakeLlm llm, Map<String, String> more) {
        Map<String, String> options = new TreeMap<>(more);
        options.put("model", "gpt-5-nano");
        options.put("base-url", llm.baseUrl().toString());
        return server.desk.begin(
                server.options(server.input("tickets.csv", 40), "openai", options, 10, 5), "May", new TreeMap<>());
    }

    @Test
    void failedRowsAreGroupedAndThoseThatCanSucceedAreAskedAgain() throws Exception {
        try (FakeLlm llm = llm().faults(FaultRule.whereTextHolds(Fault.CONTENT_FILTER_400, "customer 17,"))
                        .start();
                JobServer server = new JobServer(folder, DeskLimits.usual(), List.of(llm))) {
            String id = begin(server, llm, Map.of());
            JsonNode job = server.await(id, "completed_with_failures");
            assertThat(job.path("rows").path("failed").asInt()).isOne();
            assertThat(job.path("allowedActions").toString()).contains("retry");

            JsonNode failures =
                    server.client.get("/jobs/" + id + "/failures").expect(200).json();
            assertThat(failures.path("total").asInt()).isOne();
            JsonNode group = failures.path("groups").path(0);
            assertThat(group.path("first").asInt()).isEqualTo(17);
            assertThat(group.path("fix").asText()).isNotBlank();
            JsonNode batches =
                    server.client.get("/jobs/" + id + "/batches").expect(200).json();
            assertThat(batches.path("items").path(1).path("failed").asInt()).isOne();
            JsonNode row =
                    server.client.get("/jobs/" + id + "/rows/17").expect(200).json();
            assertThat(row.path("calls")).isNotEmpty();
            assertThat(server.client
                            .get("/jobs/" + id + "/download?format=errors")
                            .expect(200)
                            .text()
                            .lines())
                    .hasSize(2);

            llm.faults();
            server.client.post("/jobs/" + id + "/retry").expect(202);
            JsonNode after = server.await(id, "completed");
            assertThat(after.path("rows").path("failed").asInt()).isZero();
            assertThat(after.path("cost").path("spent").isTextual()).isTrue();
        }
    }

    @Test
    void aRejectedKeyPausesTheJobAndSaysSo() throws Exception {
        try (FakeLlm llm =
                        llm().faults(FaultRule.always(Fault.UNAUTHORIZED_401)).start();
                JobServer server = new JobServer(folder, DeskLimits.usual(), List.of(llm))) {
            String id = begin(server, llm, Map.of());
            JsonNode job = server.await(id, "paused");
            assertThat(job.path("reason").asText()).isEqualTo("KEY_REJECTED");
            assertThat(job.path("message").asText()).isNotBlank();
            llm.faults();
            server.client.post("/jobs/" + id + "/resume").expect(202);
            server.await(id, "completed");
        }
    }

    @Test
    void atTheMoneyCapItWaitsAndGoesOnWithAnother() throws Exception {
        try (FakeLlm llm = llm().start();
                JobServer server = new JobServer(folder, DeskLimits.usual(), List.of(llm))) {
            String id = begin(server, llm, Map.of("max-cost", "0.0001"));
            JsonNode job = server.await(id, "paused");
            assertThat(job.path("reason").asText()).isEqualTo("BUDGET");
            assertThat(job.path("cost").path("cap").asText()).isEqualTo("0.0001");
            server.client
                    .post("/jobs/" + id + "/resume", Map.of("maxCost", "a lot"))
                    .expect(422);
            server.client
                    .post("/jobs/" + id + "/resume", Map.of("maxCost", "7.5"))
                    .expect(202);
            JsonNode after = server.await(id, "completed");
            assertThat(after.path("cost").path("cap").asText()).isEqualTo("7.50");
        }
    }

    @Test
    void whatIsDoneCanBeDownloadedBeforeTheEnd() throws Exception {
        try (FakeLlm llm = llm().faults(FaultRule.onCalls(Fault.UNAUTHORIZED_401, 3, 1_000))
                        .start();
                JobServer server = new JobServer(folder, DeskLimits.usual(), List.of(llm))) {
            String id = begin(server, llm, Map.of());
            JsonNode rows = server.await(id, "paused").path("rows");
            long done = 40 - rows.path("waiting").asLong();
            var answer = server.client.get("/jobs/" + id + "/download").expect(200);
            assertThat(answer.header("X-Complete")).isEqualTo("false");
            assertThat(answer.header("Content-Disposition"))
                    .contains("tickets-categorized-partial-" + done + "-of-40.csv");
            assertThat(answer.text().lines()).hasSize((int) done + 1);
        }
    }

    @Test
    void aFailedRowIsTold() throws Exception {
        try (FakeLlm llm = llm().faults(FaultRule.whereTextHolds(Fault.CONTENT_FILTER_400, "customer 17,"))
                        .start();
                JobServer server = new JobServer(folder, DeskLimits.usual(), List.of(llm))) {
            String id = begin(server, llm, Map.of());
            try (ContractEvents stream = server.client.events("/jobs/" + id + "/events", 0)) {
                ContractEvents.Event event =
                        stream.await(e -> e.job().path("rows").path("failed").asInt() == 1, Duration.ofSeconds(30));
                assertThat(event.job().path("rows").path("failed").asInt()).isOne();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FailureCause.class)
    void eachCauseHasATitleAndAFix(FailureCause cause) {
        assertThat(FailureGroups.title(cause)).matches("[A-Z].*");
        assertThat(FailureGroups.fix(cause)).endsWith(".");
    }
}

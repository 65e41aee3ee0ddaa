package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Fault;
import dev.pigeonhole.fakellm.FaultRule;
import dev.pigeonhole.fakellm.Oracle;
import dev.pigeonhole.web.contract.ContractEvents;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts of rows are told where rows are asked for, and nowhere else. */
class TextsStayInRowsTest {
    private static final String CANARY = "wombat9c41e";
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private Path input(JobServer server) {
        List<String> lines = new ArrayList<>(List.of("id,text"));
        for (int row = 1; row <= 60; row++) {
            String kind = row % 20 == 7 ? "refused " : row % 20 == 11 ? "broken " : "";
            lines.add("T-" + row + "," + kind + "invoice " + row + " of " + CANARY);
        }
        return server.write("in.csv", lines);
    }

    @Test
    void eventsListsFailuresAndTheLogHoldNone() throws Exception {
        try (FakeLlm llm = FakeLlm.builder()
                        .oracle(Oracle.byKeywords(Map.of("invoice", "Billing")))
                        .faults(
                                FaultRule.onCall(Fault.ERROR_500, 2),
                                FaultRule.whereTextHolds(Fault.CONTENT_FILTER_400, "refused"),
                                FaultRule.whereTextHolds(Fault.INVALID_JSON, "broken"))
                        .start();
                JobServer server = new JobServer(folder, DeskLimits.usual(), List.of(llm))) {
            Map<String, String> model =
                    Map.of("model", "gpt-5-nano", "base-url", llm.baseUrl().toString());
            String id = server.desk.begin(
                    server.options(input(server), "openai", model, 20, 5),
                    "",
                    new TreeMap<>(Map.of("id-column", "id")));
            List<String> told = new ArrayList<>();
            try (ContractEvents events = server.client.events("/jobs/" + id + "/events")) {
                events.await(
                        event -> {
                            told.add(event.data().toString());
                            return event.name().equals("end");
                        },
                        SOON);
            }
            assertThat(server.await(id, "completed_with_failures")
                            .path("rows")
                            .path("failed")
                            .asInt())
                    .isPositive();
            assertThat(told).hasSizeGreaterThan(2);
            for (String path : List.of("", "/batches", "/failures", "/log", "/setup", "/facets")) {
                told.add(get(server, "/jobs/" + id + path));
            }
            told.add(get(server, "/jobs"));
            assertThat(told).allSatisfy(text -> assertThat(text).doesNotContain(CANARY));
            assertThat(get(server, "/jobs/" + id + "/rows")).contains(CANARY);
        }
    }

    private static String get(JobServer server, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }
}

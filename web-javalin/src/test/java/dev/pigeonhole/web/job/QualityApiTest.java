package dev.pigeonhole.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.fakellm.FakeLlm;
import dev.pigeonhole.fakellm.Latency;
import dev.pigeonhole.web.contract.ContractAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How right a job's answers are, asked for over HTTP. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class QualityApiTest {
    private static final int ROWS = 80;

    @TempDir
    private Path folder;

    /** Each text with its right category; every eighth is said to be Login, though it is about something else. */
    private static Path input(JobServer server) {
        List<String> lines = new ArrayList<>(List.of("id,text,label,empty"));
        for (int row = 1; row <= ROWS; row++) {
            String label = row % 8 == 0 ? "Login" : JobServer.category(row);
            lines.add("T-" + row + ",\"" + text(row) + "\"," + label + ",");
        }
        return server.write("labelled.csv", lines);
    }

    private static String text(int row) {
        return "the " + List.of("invoice", "password", "parcel", "weather").get(row % 4) + " of customer " + row;
    }

    private static String begin(JobServer server, Map<String, String> launch) {
        String id =
                server.desk.begin(server.options(input(server), "local", Map.of(), 50, 10), "", new TreeMap<>(launch));
        server.await(id, "completed");
        return id;
    }

    private static JsonNode quality(JobServer server, String path) {
        ContractAnswer[] answer = new ContractAnswer[1];
        JobServer.await(() -> {
            answer[0] = server.client.get(path);
            return answer[0].status() != 503;
        });
        return answer[0].expect(200).json();
    }

    @Test
    void theAnswersAreComparedWithTheColumnThatTheJobWasBegunWith() {
        try (JobServer server = new JobServer(folder)) {
            String id = begin(server, Map.of("truth-column", "label", "file", "labelled.csv"));
            JsonNode quality = quality(server, "/jobs/" + id + "/quality");
            assertThat(quality.path("of").path("file").asText()).isEqualTo("labelled.csv");
            assertThat(quality.path("of").path("truth_column").asText()).isEqualTo("label");
            assertThat(quality.path("rows").asInt()).isEqualTo(ROWS);
            assertThat(quality.path("without_truth").asInt()).isEqualTo(ROWS / 4);
            assertThat(quality.path("judged").asInt()).isEqualTo(ROWS * 3 / 4);
            assertThat(quality.path("accuracy").path("count").asInt()).isEqualTo(ROWS * 3 / 4 - ROWS / 8);
            assertThat(quality.path("confused").path(0).path("truth").asText()).isEqualTo("Login");
            assertThat(quality.path("confused").path(0).path("answer").asText()).isEqualTo("Billing");
        }
    }

    @Test
    void whatPeopleSayCounts() {
        try (JobServer server = new JobServer(folder)) {
            String id = begin(server, Map.of("truth-column", "label"));
            String path = "/jobs/" + id + "/quality";
            int before = quality(server, path).path("accuracy").path("count").asInt();
            server.client
                    .put("/jobs/" + id + "/rows/8/review", Map.of("verdict", "category", "category", "Login"))
                    .expect(200);
            assertThat(quality(server, path).path("accuracy").path("count").asInt())
                    .isEqualTo(before + 1);
        }
    }

    @Test
    void anyColumnOfTheFileCanBeNamed() {
        try (JobServer server = new JobServer(folder)) {
            String id = begin(server, Map.of());
            String path = "/jobs/" + id + "/quality";
            JsonNode none = server.client.get(path).expect(409).json();
            assertThat(none.path("type").asText()).isEqualTo("/problems/truth-needed");
            assertThat(none.path("detail").asText()).contains("?truth=COLUMN");
            assertThat(server.client
                            .get("/jobs/" + id + "/setup")
                            .expect(200)
                            .json()
                            .path("columns")
                            .path("all"))
                    .extracting(JsonNode::asText)
                    .containsExactly("id", "text", "label", "empty");
            assertThat(quality(server, path + "?truth=label").path("judged").asInt())
                    .isEqualTo(ROWS * 3 / 4);
            assertThat(quality(server, path + "?truth=%233").path("judged").asInt())
                    .isEqualTo(ROWS * 3 / 4);
            JsonNode empty = quality(server, path + "?truth=empty");
            assertThat(empty.path("judged").asInt()).isZero();
            assertThat(empty.path("accuracy").path("value").isNull()).isTrue();
            JsonNode unknown = quality(server, path + "?truth=id");
            assertThat(unknown.path("unknown_truth").asInt()).isEqualTo(ROWS);
        }
    }

    @Test
    void aColumnThatIsNotThereIsRefusedWithTheNearest() {
        try (JobServer server = new JobServer(folder)) {
            String path = "/jobs/" + begin(server, Map.of()) + "/quality";
            JsonNode problem =
                    server.client.get(path + "?truth=lable").expect(422).json();
            assertThat(problem.path("detail").asText()).contains("no column \"lable\"", "did you mean \"label\"?");
            assertThat(server.client
                            .get(path + "?truth=%2399")
                            .expect(422)
                            .json()
                            .path("detail")
                            .asText())
                    .contains("no column \"#99\"");
            server.client.get("/jobs/nosuchjob/quality").expect(404);
        }
    }

    @Test
    void aJobThatRunsIsNotCompared() throws Exception {
        try (FakeLlm llm = FakeLlm.builder()
                        .latency(Latency.fixed(Duration.ofMillis(300)))
                        .start();
                JobServer server = new JobServer(folder, DeskLimits.usual(), List.of(llm))) {
            String id = server.beginWith(llm, "tickets.csv");
            server.await(id, "running");
            JsonNode problem = server.client
                    .get("/jobs/" + id + "/quality?truth=text")
                    .expect(409)
                    .json();
            assertThat(problem.path("type").asText()).isEqualTo("/problems/job-state-conflict");
            assertThat(problem.path("allowedActions").toString()).contains("pause");
        }
    }
}

package dev.pigeonhole.fakellm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchShapeTest {
    private FakeLlm server;
    private Submitting client;

    @BeforeEach
    void start() throws IOException {
        start(FakeLlm.builder());
    }

    private void start(FakeLlm.Builder builder) throws IOException {
        if (server != null) {
            server.close();
        }
        server = builder.start();
        client = new Submitting(server);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aFileHasTheShapeOfTheRealOne() throws Exception {
        String content = Submitting.lines(Submitting.requests(2));

        HttpResponse<String> response = client.upload(content, "batch", "rows.jsonl");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-request-id"))
                .hasValueSatisfying(id -> assertThat(id).startsWith("req_"));
        JsonNode file = Asking.json(response);
        String id = file.path("id").asText();
        assertThat(id).startsWith("file-");
        assertThat(file.path("object").asText()).isEqualTo("file");
        assertThat(file.path("purpose").asText()).isEqualTo("batch");
        assertThat(file.path("filename").asText()).isEqualTo("rows.jsonl");
        assertThat(file.path("bytes").asInt()).isEqualTo(content.length());
        assertThat(file.path("status").asText()).isEqualTo("processed");
        assertThat(file.path("expires_at").asLong() - file.path("created_at").asLong())
                .isEqualTo(2_592_000);
        assertThat(Asking.json(client.get("/files/" + id))).isEqualTo(file);
        assertThat(client.get("/files/" + id + "/content").body()).isEqualTo(content);
        assertThat(Asking.json(client.get("/files?purpose=batch")).path("data")).containsExactly(file);
        assertThat(Asking.json(client.send("DELETE", "/files/" + id, "", ""))
                        .path("deleted")
                        .asBoolean())
                .isTrue();
        HttpResponse<String> gone = client.get("/files/" + id);
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(Asking.json(gone).at("/error/type").asText()).isEqualTo("invalid_request_error");
    }

    @Test
    void aNewBatchIsBeingValidated() throws Exception {
        String file = client.uploaded(Submitting.lines(Submitting.requests(3)));

        JsonNode batch = Asking.json(client.create(Submitting.order(file, Map.of("job", "j1", "part", "1"))));

        assertThat(batch.path("id").asText()).startsWith("batch_");
        assertThat(batch.path("object").asText()).isEqualTo("batch");
        assertThat(batch.path("endpoint").asText()).isEqualTo("/v1/chat/completions");
        assertThat(batch.path("input_file_id").asText()).isEqualTo(file);
        assertThat(batch.path("completion_window").asText()).isEqualTo("24h");
        assertThat(batch.path("status").asText()).isEqualTo("validating");
        assertThat(batch.path("expires_at").asLong() - batch.path("created_at").asLong())
                .isEqualTo(86_400);
        assertThat(batch.path("metadata").toString()).contains("\"job\":\"j1\"", "\"part\":\"1\"");
        assertThat(batch.path("request_counts").toString()).isEqualTo("{\"total\":0,\"completed\":0,\"failed\":0}");
        for (String none : List.of(
                "errors",
                "output_file_id",
                "error_file_id",
                "in_progress_at",
                "finalizing_at",
                "completed_at",
                "failed_at",
                "expired_at",
                "cancelling_at",
                "cancelled_at")) {
            assertThat(batch.path(none).isNull()).as(none).isTrue();
        }
    }

    @Test
    void aCompletedBatchHasItsAnswersInAnotherOrder() throws Exception {
        JsonNode batch = client.batch(client.submitted(Submitting.requests(40)));

        assertThat(batch.path("status").asText()).isEqualTo("completed");
        assertThat(batch.path("in_progress_at").isNumber()).isTrue();
        assertThat(batch.path("finalizing_at").isNumber()).isTrue();
        assertThat(batch.path("completed_at").isNumber()).isTrue();
        assertThat(batch.path("model").asText()).isEqualTo("gpt-fake");
        assertThat(batch.path("request_counts").toString()).isEqualTo("{\"total\":40,\"completed\":40,\"failed\":0}");
        assertThat(batch.path("error_file_id").isNull()).isTrue();
        List<JsonNode> lines = client.output(batch);
        List<String> asked = IntStream.rangeClosed(1, 40).mapToObj(i -> "q" + i).toList();
        assertThat(Submitting.ids(lines)).containsExactlyInAnyOrderElementsOf(asked);
        assertThat(Submitting.ids(lines)).isNotEqualTo(asked);
        for (JsonNode line : lines) {
            assertThat(line.path("id").asText()).startsWith("batch_req_");
            assertThat(line.path("error").isNull()).isTrue();
            assertThat(line.at("/response/status_code").asInt()).isEqualTo(200);
            assertThat(line.at("/response/request_id").asText()).isNotEmpty();
            assertThat(line.at("/response/body/object").asText()).isEqualTo("chat.completion");
            String text = "text number " + line.path("custom_id").asText().substring(1);
            JsonNode answer = Asking.JSON.readTree(
                    line.at("/response/body/choices/0/message/content").asText());
            assertThat(answer.path("r01").asText()).isEqualTo(Oracle.byHash(1).categoryOf(text, Asking.CATEGORIES));
        }
        long prompt = lines.stream()
                .mapToLong(line -> line.at("/response/body/usage/prompt_tokens").asLong())
                .sum();
        assertThat(batch.at("/usage/input_tokens").asLong()).isEqualTo(prompt);
        assertThat(server.lane().promptTokens()).isEqualTo(prompt);
    }

    @Test
    void filesAndBatchesOfTheSameSeedAreTheSame() throws Exception {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            start(FakeLlm.builder().seed(7));
            JsonNode batch = client.batch(client.submitted(Submitting.requests(20)));
            seen.add(Submitting.ids(client.output(batch)) + batch.path("id").asText());
        }

        assertThat(seen.get(0)).isEqualTo(seen.get(1));
    }

    @Test
    void theListIsInPagesNewestFirst() throws Exception {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(0, client.submitted(Submitting.requests(1)));
        }

        JsonNode first = Asking.json(client.get("/batches?limit=2"));
        JsonNode second = Asking.json(
                client.get("/batches?limit=2&after=" + first.path("last_id").asText()));
        JsonNode third = Asking.json(
                client.get("/batches?limit=2&after=" + second.path("last_id").asText()));

        assertThat(first.path("object").asText()).isEqualTo("list");
        assertThat(first.path("first_id").asText()).isEqualTo(made.get(0));
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(third.path("has_more").asBoolean()).isFalse();
        List<String> listed = new ArrayList<>();
        for (JsonNode page : List.of(first, second, third)) {
            page.path("data").forEach(batch -> listed.add(batch.path("id").asText()));
        }
        assertThat(listed).isEqualTo(made);
        assertThat(Asking.json(client.get("/batches?after=batch_unknown")).path("data"))
                .isEmpty();
    }
}

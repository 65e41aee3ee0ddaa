package dev.pigeonhole.fakellm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class BatchCheckTest {
    private FakeLlm server;
    private Submitting client;

    @BeforeEach
    void start() throws IOException {
        server = FakeLlm.builder().models("gpt-fake", "other").start();
        client = new Submitting(server);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private JsonNode failed(String content) throws Exception {
        JsonNode batch = client.batch(client.submitted(content, Map.of()));
        assertThat(batch.path("status").asText()).isEqualTo("failed");
        assertThat(batch.path("failed_at").isNumber()).isTrue();
        assertThat(batch.path("output_file_id").isNull()).isTrue();
        assertThat(batch.path("error_file_id").isNull()).isTrue();
        assertThat(batch.at("/errors/object").asText()).isEqualTo("list");
        assertThat(server.bill().billed()).isZero();
        return batch.at("/errors/data/0");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "batch-problems.csv", numLinesToSkip = 1)
    void oneBadLineFailsTheWholeBatch(String what, String line, String code, int at, String param) throws Exception {
        JsonNode problem =
                failed(Submitting.lines(Submitting.requests(1)) + line + "\n" + Submitting.request("q9", List.of("b")));

        assertThat(problem.path("code").asText()).as(what).isEqualTo(code);
        assertThat(problem.path("line").asInt()).isEqualTo(at);
        assertThat(problem.path("param").asText("")).isEqualTo(param == null ? "" : param);
        assertThat(problem.path("message").asText()).isNotEmpty();
    }

    @Test
    void anEmptyOrTooLargeFileFails() throws Exception {
        assertThat(failed("\n\n").path("code").asText()).isEqualTo("empty_file");
        server.batches(BatchSettings.USUAL.withMost(2, 1_000_000));
        assertThat(failed(Submitting.lines(Submitting.requests(3))).path("code").asText())
                .isEqualTo("too_many_tasks");
        server.batches(BatchSettings.USUAL.withMost(2, 100));
        assertThat(failed(Submitting.lines(Submitting.requests(1))).path("code").asText())
                .isEqualTo("file_too_large");
    }

    @Test
    void requestsThatAreRefusedEachForItselfAreInTheErrorFile() throws Exception {
        List<ObjectNode> requests = Submitting.requests(3);
        ((ObjectNode) requests.get(1).path("body")).putArray("messages");

        JsonNode batch = client.batch(client.submitted(requests));

        assertThat(batch.path("status").asText()).isEqualTo("completed");
        assertThat(batch.path("request_counts").toString()).isEqualTo("{\"total\":3,\"completed\":2,\"failed\":1}");
        assertThat(Submitting.byCode(client.errors(batch))).isEqualTo(Map.of("400", List.of("q2")));
        assertThat(client.errors(batch).get(0).at("/response/body/error/param").asText())
                .isEqualTo("messages");
        assertThat(server.lane().billed()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "lane-refusals.csv", numLinesToSkip = 1)
    void whatCannotBeIsRefused(String what, String method, String path, String body, int status, String param)
            throws Exception {
        HttpResponse<String> response = client.send(method, path, "application/json", body == null ? "" : body);

        assertThat(response.statusCode()).as(what).isEqualTo(status);
        assertThat(Asking.json(response).at("/error/param").asText()).isEqualTo(param == null ? "null" : param);
        assertThat(Asking.json(response).at("/error/message").asText()).isNotEmpty();
        assertThat(server.lane().batches()).isEmpty();
    }

    @Test
    void aFileNeedsItsNameAndPurpose() throws Exception {
        assertThat(client.upload("{}", "batch", "rows.csv").body()).contains("Must be .jsonl");
        assertThat(client.upload("{}", "other", "rows.jsonl").statusCode()).isEqualTo(400);
        assertThat(client.upload("{}", "", "rows.jsonl").body()).contains("'purpose' is a required property");
        String wrong = Asking.json(client.upload("{}", "evals", "rows.jsonl"))
                .path("id")
                .asText();
        assertThat(client.create(Submitting.order(wrong, Map.of())).statusCode())
                .isEqualTo(400);
    }

    @Test
    void nobodyComesInWithoutTheKey() throws Exception {
        server.close();
        server = FakeLlm.builder().key("k").start();
        client = new Submitting(server);

        assertThat(client.get("/batches").statusCode()).isEqualTo(401);
        assertThat(client.upload("{}", "batch", "rows.jsonl").statusCode()).isEqualTo(401);
    }

    @Test
    void theWaitingTokensAreLimited() throws Exception {
        server.batches(BatchSettings.USUAL.held().withEnqueuedTokens(1_000));
        String first = client.submitted(Submitting.requests(5));
        assertThat(client.batch(first).path("status").asText()).isEqualTo("in_progress");

        JsonNode second = client.batch(client.submitted(Submitting.requests(6)));

        assertThat(second.path("status").asText()).isEqualTo("failed");
        assertThat(second.at("/errors/data/0/code").asText()).isEqualTo("token_limit_exceeded");
        assertThat(second.at("/errors/data/0/line").isNull()).isTrue();
        assertThat(second.at("/errors/data/0/message").asText()).contains("Limit: 1,000 enqueued tokens", "gpt-fake");
        server.finishBatches();
        assertThat(client.batch(client.submitted(Submitting.requests(6)))
                        .path("status")
                        .asText())
                .isEqualTo("in_progress");
    }

    @Test
    void theBatchesUnderWayAreLimited() throws Exception {
        server.batches(BatchSettings.USUAL.held().withUnderWay(1));
        String file = client.uploaded(Submitting.lines(Submitting.requests(1)));
        client.create(Submitting.order(file, Map.of("n", "1")));

        HttpResponse<String> refused = client.create(Submitting.order(file, Map.of("n", "2")));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Asking.json(refused).at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
        server.finishBatches();
        assertThat(client.create(Submitting.order(file, Map.of("n", "2"))).statusCode())
                .isEqualTo(200);
    }
}

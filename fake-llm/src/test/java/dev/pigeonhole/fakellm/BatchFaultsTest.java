package dev.pigeonhole.fakellm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BatchFaultsTest {
    private FakeLlm server;
    private Submitting client;

    @BeforeEach
    void start() throws IOException {
        server = FakeLlm.builder().start();
        client = new Submitting(server);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** A batch of 20 requests after somebody has looked at it. */
    private JsonNode batch(String... rules) throws Exception {
        FaultRule[] parsed = new FaultRule[rules.length];
        for (int i = 0; i < rules.length; i++) {
            parsed[i] = FaultRule.parse(rules[i]);
        }
        server.faults(parsed);
        return client.batch(client.submitted(Submitting.requests(20)));
    }

    private static String counts(JsonNode batch) {
        JsonNode counts = batch.path("request_counts");
        return counts.path("total") + " " + counts.path("completed") + " " + counts.path("failed");
    }

    private long good() {
        return server.bill().accounts().values().stream()
                .mapToLong(Bill.Account::good)
                .sum();
    }

    @ParameterizedTest
    @CsvSource({"EXPIRES, expired, batch_expired", "CANCELLED, cancelled, batch_cancelled"})
    void aPartIsDoneAndCharged(String fault, String status, String code) throws Exception {
        JsonNode batch = batch(fault + ",part=0.25");

        assertThat(batch.path("status").asText()).isEqualTo(status);
        assertThat(counts(batch)).isEqualTo("20 15 0");
        List<String> done = Submitting.ids(client.output(batch));
        List<String> rest = Submitting.byCode(client.errors(batch)).get(code);
        assertThat(done).hasSize(15).doesNotContainAnyElementsOf(rest);
        assertThat(rest).hasSize(5);
        assertThat(server.lane().billed()).isEqualTo(15);
        assertThat(good()).isEqualTo(15);
    }

    @Test
    void nothingMayBeDoneAtAll() throws Exception {
        JsonNode batch = batch("EXPIRES,part=1");

        assertThat(batch.path("output_file_id").isNull()).isTrue();
        assertThat(client.errors(batch)).hasSize(20);
        assertThat(server.bill().billed()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"FAILS_VALIDATION, invalid_json_line", "TOKEN_LIMIT, token_limit_exceeded"})
    void theWholeBatchFails(String fault, String code) throws Exception {
        JsonNode batch = batch(fault);

        assertThat(batch.path("status").asText()).isEqualTo("failed");
        assertThat(batch.at("/errors/data/0/code").asText()).isEqualTo(code);
        assertThat(counts(batch)).isEqualTo("0 0 0");
        assertThat(server.bill().billed()).isZero();
    }

    @Test
    void aBatchMayNeverEnd() throws Exception {
        JsonNode batch = batch("NEVER_ENDS");
        server.finishBatches();
        server.advanceBatches(Duration.ofDays(3));

        JsonNode later = client.batch(batch.path("id").asText());

        assertThat(later.path("status").asText()).isEqualTo("in_progress");
        assertThat(Asking.json(client.cancel(later.path("id").asText()))
                        .path("status")
                        .asText())
                .isEqualTo("cancelling");
        JsonNode cancelled = client.batch(later.path("id").asText());
        assertThat(Submitting.byCode(client.errors(cancelled)).get("batch_cancelled"))
                .hasSize(20);
    }

    @Test
    void requestsMayBeInNeitherFileThoughNoneHasFailed() throws Exception {
        JsonNode batch = batch("LOST_LINES,records=3");

        assertThat(batch.path("status").asText()).isEqualTo("completed");
        assertThat(counts(batch)).isEqualTo("20 20 0");
        assertThat(client.output(batch)).hasSize(17);
        assertThat(batch.path("error_file_id").isNull()).isTrue();
        assertThat(server.lane().billed()).isEqualTo(20);
        assertThat(good()).isEqualTo(17);
    }

    @Test
    void requestsMayBeInTheErrorFileThoughNoneHasFailed() throws Exception {
        JsonNode batch = batch("STATUS_ZERO,records=3");

        assertThat(counts(batch)).isEqualTo("20 20 0");
        assertThat(Submitting.byCode(client.errors(batch)).get("0")).hasSize(3);
        assertThat(client.output(batch)).hasSize(17);
        assertThat(server.lane().billed()).isEqualTo(17);
    }

    @ParameterizedTest
    @CsvSource({"ERROR_500, 500", "CONTENT_FILTER_400, 400", "RATE_LIMIT_429, 429", "BAD_GATEWAY_502, 502"})
    void requestsMayFailEachForItself(String fault, String status) throws Exception {
        JsonNode batch = batch(fault + ",on=line,marker=number 7");

        assertThat(batch.path("status").asText()).isEqualTo("completed");
        assertThat(counts(batch)).isEqualTo("20 19 1");
        assertThat(Submitting.byCode(client.errors(batch))).isEqualTo(Map.of(status, List.of("q7")));
        assertThat(client.errors(batch).get(0).at("/response/body").has("error"))
                .isTrue();
        assertThat(server.lane().billed()).isEqualTo(19);
    }

    @Test
    void allRequestsMayFail() throws Exception {
        JsonNode batch = batch("ERROR_500,on=line");

        assertThat(batch.path("status").asText()).isEqualTo("completed");
        assertThat(batch.path("output_file_id").isNull()).isTrue();
        assertThat(counts(batch)).isEqualTo("20 0 20");
        assertThat(client.errors(batch)).hasSize(20);
    }

    @Test
    void aRequestThatTimesOutHasNoAnswerAtAll() throws Exception {
        JsonNode batch = batch("TIMEOUT_408,on=line,calls=1-2");

        assertThat(Submitting.byCode(client.errors(batch)).get("request_timeout"))
                .containsExactlyInAnyOrder("q1", "q2");
    }

    @Test
    void anAnswerMayBeSpoilt() throws Exception {
        JsonNode batch = batch("NULL_CONTENT,on=line,marker=number 3");

        assertThat(client.output(batch)).hasSize(20);
        assertThat(good()).isEqualTo(19);
        assertThat(server.bill().of("text number 3")).isEqualTo(new Bill.Account(1, 1, 0, 0, 1));
    }

    @Test
    void answersMayStandUnderIdsThatNobodyGave() throws Exception {
        JsonNode batch = batch("UNKNOWN_IDS,records=2");

        List<String> ids = Submitting.ids(client.output(batch));
        assertThat(ids).hasSize(20).filteredOn(id -> id.matches("q\\d+")).hasSize(18);
        assertThat(good()).isEqualTo(18);
    }

    @Test
    void answersMayStandThereTwice() throws Exception {
        JsonNode batch = batch("DOUBLED_LINES,records=2");

        List<String> ids = Submitting.ids(client.output(batch));
        assertThat(ids).hasSize(22);
        assertThat(new HashSet<>(ids)).hasSize(20);
        assertThat(server.bill().billed()).isEqualTo(20);
    }

    @Test
    void aRequestMayBeInBothFiles() throws Exception {
        JsonNode batch = batch("IN_BOTH_FILES");

        assertThat(client.output(batch)).hasSize(20);
        assertThat(Submitting.ids(client.output(batch)))
                .containsAll(Submitting.ids(client.errors(batch)))
                .hasSize(20);
        assertThat(client.errors(batch)).hasSize(1);
    }

    @Test
    void aLineMayBeCut() throws Exception {
        JsonNode batch = batch("BROKEN_LINES,records=2");

        List<String> lines = client.lines(batch, "output_file_id");
        assertThat(lines).hasSize(20).filteredOn(line -> !line.endsWith("}")).hasSize(2);
        assertThat(good()).isEqualTo(18);
    }

    @Test
    void theIdOfNoFileMayBeEmpty() throws Exception {
        JsonNode batch = batch("EMPTY_FILE_ID");

        assertThat(batch.path("error_file_id").isTextual()).isTrue();
        assertThat(batch.path("error_file_id").asText()).isEmpty();
        assertThat(client.output(batch)).hasSize(20);
    }

    @Test
    void aNewBatchMayBeListedLate() throws Exception {
        JsonNode batch = batch("LISTED_LATE,records=2");

        for (int listed : new int[] {0, 0, 1, 1}) {
            assertThat(Asking.json(client.get("/batches")).path("data")).hasSize(listed);
        }
        assertThat(batch.path("status").asText()).isEqualTo("completed");
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET_BEFORE_ANSWER", "EMPTY_REPLY", "RESET"})
    void theAnswerToACreationMayBeLost(Fault fault) throws Exception {
        String file = client.uploaded(Submitting.lines(Submitting.requests(1)));
        server.faults(FaultRule.onCall(fault, 1).on(FaultRule.Where.CREATE));

        assertThatThrownBy(() -> client.create(Submitting.order(file, Map.of("part", "7"))))
                .isInstanceOf(IOException.class);

        JsonNode listed = Asking.json(client.get("/batches")).path("data");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).at("/metadata/part").asText()).isEqualTo("7");
    }

    @Test
    void theAnswerToAnUploadMayBeLost() throws Exception {
        server.faults(FaultRule.onCall(Fault.RESET_BEFORE_ANSWER, 1).on(FaultRule.Where.UPLOAD));

        assertThatThrownBy(() -> client.upload("{}", "batch", "rows.jsonl")).isInstanceOf(IOException.class);

        assertThat(Asking.json(client.get("/files")).path("data")).hasSize(1);
    }

    @Test
    void aRefusalMayComeAfterTheWork() throws Exception {
        String file = client.uploaded(Submitting.lines(Submitting.requests(1)));
        server.faults(FaultRule.parse("UNAVAILABLE_503,on=create,late,times=1"));
        assertThat(client.create(Submitting.order(file, Map.of())).statusCode()).isEqualTo(503);
        assertThat(server.lane().batches()).hasSize(1);

        server.faults(FaultRule.parse("UNAVAILABLE_503,on=create,times=1"));
        assertThat(client.create(Submitting.order(file, Map.of())).statusCode()).isEqualTo(503);
        assertThat(server.lane().batches()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "upload, POST, /files", "file, GET, /files/F", "download, GET, /files/F/content", "delete, DELETE, /files/F",
        "create, POST, /batches", "poll, GET, /batches/B", "list, GET, /batches", "cancel, POST, /batches/B/cancel"
    })
    void anyCallMayBeRefused(String where, String method, String path) throws Exception {
        server.faults(
                FaultRule.parse("RATE_LIMIT_429,on=" + where + ",calls=1,pause=2s"),
                FaultRule.parse("ERROR_500,on=lane,calls=2"));

        HttpResponse<String> limited = client.send(method, path, "", "");
        HttpResponse<String> failed = client.send(method, path, "", "");

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("retry-after")).hasValue("2");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(server.lane().calls(FaultRule.Where.LANE)).isEqualTo(2);
        assertThat(Asking.ask(server, Asking.keyed(List.of("a"))).statusCode())
                .as("chat completions are not hit")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"ERROR_500, false", "CUT_BODY, false", "RESET, true", "LENGTH_TOO_LONG, true"})
    void theFirstDownloadsMayGoWrong(String fault, boolean breaks) throws Exception {
        JsonNode batch = batch(fault + ",on=download,times=2");
        String path = "/files/" + batch.path("output_file_id").asText() + "/content";
        for (int i = 0; i < 2; i++) {
            if (breaks) {
                assertThatThrownBy(() -> client.get(path)).isInstanceOf(IOException.class);
            } else {
                assertThat(client.get(path).body().lines().count()).isLessThan(20);
            }
        }
        assertThat(server.bill().delivered()).isZero();

        assertThat(client.output(batch)).hasSize(20);
        assertThat(server.bill().delivered()).isEqualTo(20);
    }

    @Test
    void aMarkIsLookedForInTheMetadata() throws Exception {
        server.faults(FaultRule.parse("FAILS_VALIDATION,marker=part=2"));
        String content = Submitting.lines(Submitting.requests(1));

        assertThat(client.batch(client.submitted(content, Map.of("part", "1")))
                        .path("status")
                        .asText())
                .isEqualTo("completed");
        assertThat(client.batch(client.submitted(content, Map.of("part", "2")))
                        .path("status")
                        .asText())
                .isEqualTo("failed");
    }

    @ParameterizedTest
    @CsvSource({"EXPIRES, create", "HANG, line", "MISSING_ID, upload", "ERROR_500, batch", "EXPIRES, chat"})
    void aFaultHappensOnlyWhereItCan(String fault, String where) {
        assertThatThrownBy(() -> FaultRule.parse(fault + ",on=" + where))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot happen to");
    }

    @ParameterizedTest
    @EnumSource
    void eachFaultOfABatchHappensAndIsCounted(Fault fault) throws Exception {
        if (fault.kind() == Fault.Kind.BATCH) {
            batch(fault.name());
            assertThat(server.stats().byFault()).containsEntry(fault, 1L);
        }
    }
}

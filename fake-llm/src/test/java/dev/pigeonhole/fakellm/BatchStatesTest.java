package dev.pigeonhole.fakellm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchStatesTest {
    private long now;
    private FakeLlm server;
    private Submitting client;

    @BeforeEach
    void start() throws IOException {
        server = FakeLlm.builder().nanos(() -> now).start();
        client = new Submitting(server);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private String status(String id) throws Exception {
        return client.batch(id).path("status").asText();
    }

    @Test
    void eachStateCanBeSeen() throws Exception {
        server.batches(BatchSettings.USUAL.withEachStateSeen());
        String id = client.submitted(Submitting.requests(2));

        assertThat(List.of(status(id), status(id), status(id), status(id)))
                .containsExactly("in_progress", "finalizing", "completed", "completed");
    }

    @Test
    void aBatchTakesItsTime() throws Exception {
        server.batches(BatchSettings.USUAL.withDelay(Duration.ofMinutes(10)).withRequestsPerSecond(2));
        String id = client.submitted(Submitting.requests(100));
        List<String> counts = new ArrayList<>();
        for (int second : new int[] {599, 1, 20, 29, 1}) {
            server.advanceBatches(Duration.ofSeconds(second));
            JsonNode batch = client.batch(id);
            counts.add(batch.path("status").asText() + batch.at("/request_counts/completed"));
        }

        assertThat(counts)
                .containsExactly("in_progress0", "in_progress0", "in_progress40", "in_progress98", "completed100");
        JsonNode done = client.batch(id);
        assertThat(done.path("completed_at").asLong() - done.path("created_at").asLong())
                .isEqualTo(650);
        assertThat(client.output(done)).hasSize(100);
    }

    @Test
    void whatIsDoneWhenTheWindowEndsIsThereAndPaidFor() throws Exception {
        server.batches(BatchSettings.USUAL.withRequestsPerSecond(40.0 / 86_400));
        String id = client.submitted(Submitting.requests(50));
        server.advanceBatches(Duration.ofHours(30));

        JsonNode batch = client.batch(id);

        assertThat(batch.path("status").asText()).isEqualTo("expired");
        assertThat(batch.path("expired_at").isNumber()).isTrue();
        assertThat(batch.path("completed_at").isNull()).isTrue();
        assertThat(batch.path("request_counts").toString()).isEqualTo("{\"total\":50,\"completed\":40,\"failed\":0}");
        assertThat(client.output(batch)).hasSize(40);
        assertThat(Submitting.byCode(client.errors(batch))).containsOnlyKeys("batch_expired");
        assertThat(client.errors(batch))
                .hasSize(10)
                .allSatisfy(line -> assertThat(line.path("response").isNull()).isTrue());
        assertThat(server.lane().billed()).isEqualTo(40);
        assertThat(server.bill().texts()).isEqualTo(40);
    }

    @Test
    void whatIsDoneWhenItIsCancelledIsThereAndPaidFor() throws Exception {
        server.batches(BatchSettings.USUAL.withRequestsPerSecond(1).withEachStateSeen());
        String id = client.submitted(Submitting.requests(10));
        server.advanceBatches(Duration.ofSeconds(4));
        status(id);
        status(id);

        JsonNode cancelling = Asking.json(client.cancel(id));
        assertThat(client.cancel(id).statusCode()).isEqualTo(409);
        JsonNode cancelled = client.batch(id);

        assertThat(cancelling.path("status").asText()).isEqualTo("cancelling");
        assertThat(cancelling.path("cancelling_at").isNumber()).isTrue();
        assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.path("cancelled_at").isNumber()).isTrue();
        assertThat(client.output(cancelled)).hasSize(4);
        assertThat(Submitting.byCode(client.errors(cancelled)).get("batch_cancelled"))
                .hasSize(6);
        assertThat(server.lane().billed()).isEqualTo(4);
    }

    @Test
    void whatIsOverCannotBeCancelled() throws Exception {
        String id = client.submitted(Submitting.requests(1));
        assertThat(status(id)).isEqualTo("completed");

        assertThat(client.cancel(id).statusCode()).isEqualTo(409);
        assertThat(client.cancel(id).body()).contains("Cannot cancel a batch with status 'completed'");
    }

    @Test
    void aHeldBatchIsDoneWhenTold() throws Exception {
        server.batches(BatchSettings.USUAL.held());
        String id = client.submitted(Submitting.requests(3));
        assertThat(status(id)).isEqualTo("in_progress");
        assertThat(server.bill().billed()).isZero();

        JsonNode told = Asking.json(Asking.post(server.root().resolve("/__batches"), "{\"finish\":true}", more -> {}));

        assertThat(told.path("billed").asInt()).isEqualTo(3);
        assertThat(status(id)).isEqualTo("completed");
        Asking.post(server.root().resolve("/__batches"), "{\"delay\":\"1h\",\"requestsPerSecond\":1}", more -> {});
        String slow = client.submitted(Submitting.requests(3));
        assertThat(status(slow)).isEqualTo("in_progress");
        Asking.post(server.root().resolve("/__batches"), "{\"advance\":\"2h\"}", more -> {});
        assertThat(status(slow)).isEqualTo("completed");
    }

    @Test
    void theBillTellsTheLaneFromTheRest() throws Exception {
        String text = "text number 1";
        Asking.ask(server, Asking.keyed(List.of(text)));
        JsonNode batch = client.batch(client.submitted(Submitting.requests(2)));

        assertThat(server.bill().of(text)).isEqualTo(new Bill.Account(2, 1, 1, 1, 1));
        assertThat(server.bill().billedInLane()).isEqualTo(2);
        assertThat(server.stats().itemsAsked()).isEqualTo(1);
        LaneBill lane = server.lane();
        assertThat(lane.items()).isEqualTo(2);
        assertThat(lane.promptTokens()).isEqualTo(2 * server.stats().promptTokens());
        assertThat(lane.cost(2, 8)).isEqualTo((lane.promptTokens() * 2 + lane.answerTokens() * 8) / 2e6);
        client.output(batch);
        client.output(batch);
        assertThat(server.bill().of("text number 2"))
                .as("a second download delivers nothing new")
                .isEqualTo(new Bill.Account(1, 1, 1, 0, 1));
        Asking.ask(server, Asking.keyed(List.of("text number 2")));
        assertThat(server.bill().of("text number 2").again()).isEqualTo(1);
        assertThat(server.calls()).as("calls of the lane are not among them").hasSize(2);
        assertThat(lane.calls(FaultRule.Where.CREATE)).isEqualTo(1);
    }

    @Test
    void theBillKnowsWhatWasSubmittedTwice() throws Exception {
        String content = Submitting.lines(Submitting.requests(2));
        client.submitted(content, Map.of("part", "1"));
        client.submitted(Submitting.lines(Submitting.requests(3)), Map.of("part", "2"));
        assertThat(server.lane().submittedAgain()).isZero();

        client.submitted(content, Map.of("part", "3"));
        client.submitted(Submitting.lines(Submitting.requests(4)), Map.of("part", "2"));

        assertThat(server.lane().submittedAgain()).isEqualTo(2);
        assertThat(server.lane().batches())
                .extracting(BatchAccount::sameInput, BatchAccount::sameMetadata)
                .containsExactly(Tuple.tuple(1, 1), Tuple.tuple(1, 1), Tuple.tuple(2, 1), Tuple.tuple(1, 2));
        server.reset();
        assertThat(server.lane().batches()).isEmpty();
        assertThat(Asking.json(client.get("/files")).path("data")).isEmpty();
    }

    @Test
    void whatHasFailedMayBeSubmittedAgain() throws Exception {
        server.faults(FaultRule.always(Fault.TOKEN_LIMIT).withAtMost(1));
        String content = Submitting.lines(Submitting.requests(2));
        assertThat(status(client.submitted(content, Map.of("part", "1")))).isEqualTo("failed");
        assertThat(status(client.submitted(content, Map.of("part", "1")))).isEqualTo("completed");

        assertThat(server.lane().submittedAgain()).isZero();
    }
}

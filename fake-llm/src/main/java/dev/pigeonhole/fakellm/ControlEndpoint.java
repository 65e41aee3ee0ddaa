package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a judge in another process asks and orders; nothing of it is counted. Thread-safe.
 *
 * <ul>
 *   <li>{@code GET /__bill}: sums, and each text's account as {@code digest: [billed, delivered, good, again, inLane]}; with
 *       {@code ?accounts=repeated} only those billed more than once, with {@code ?accounts=none} none
 *   <li>{@code GET /__stats}: {@link Stats}; with {@code ?calls=true} also the last calls one by one
 *   <li>{@code POST /__reset}: forgets bill, counts and cache; rules begin anew
 *   <li>{@code POST /__faults}: <code>{"faults": ["RESET=0.01", ...]}</code> replaces the rules
 *   <li>{@code POST /__limits}: <code>{"rpm": 3000, "tpm": 0, "bucketSeconds": 1, "told": true}</code>; what is left out stays
 *   <li>{@code GET /__batches}: {@link LaneBill} and its sums
 *   <li>{@code POST /__batches}: <code>{"advance": "1h", "finish": true, "delay": "5s", "requestsPerSecond": 100,
 *       "enqueuedTokens": 0, "underWay": 0, "held": true}</code>; what is left out stays
 * </ul>
 */
final class ControlEndpoint {
    private final ServerState state;
    private final ObjectMapper json;
    private final Replies replies;

    ControlEndpoint(ServerState state, ObjectMapper json, Replies replies) {
        this.state = state;
        this.json = json;
        this.replies = replies;
    }

    Reply answer(HttpRequest request) throws IOException {
        try {
            return replies.json(200, told(request));
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return replies.badRequest(String.valueOf(e.getMessage()), null, null);
        }
    }

    private JsonNode told(HttpRequest request) throws IOException {
        return switch (request.method() + " " + request.path()) {
            case "GET /__bill" -> bill(request.query());
            case "GET /__stats" -> stats(request.query().contains("calls=true"));
            case "POST /__reset" -> reset();
            case "POST /__faults" -> faults(json.readTree(request.body()));
            case "POST /__limits" -> limits(json.readTree(request.body()));
            case "GET /__batches" -> lane();
            case "POST /__batches" -> batches(json.readTree(request.body()));
            default -> throw new IllegalArgumentException("there is no " + request.method() + " " + request.path());
        };
    }

    private JsonNode bill(String query) {
        Bill bill = state.bill();
        ObjectNode body = json.createObjectNode();
        body.put("texts", bill.texts())
                .put("billed", bill.billed())
                .put("delivered", bill.delivered())
                .put("billedMoreThanOnce", bill.billedMoreThanOnce())
                .put("billedAgain", bill.billedAgain())
                .put("billedInLane", bill.billedInLane());
        ObjectNode accounts = body.putObject("accounts");
        if (!query.contains("accounts=none")) {
            boolean all = !query.contains("accounts=repeated");
            bill.accounts().forEach((digest, one) -> {
                if (all || one.billed() > 1) {
                    ArrayNode numbers = accounts.putArray(digest);
                    numbers.add(one.billed())
                            .add(one.delivered())
                            .add(one.good())
                            .add(one.again())
                            .add(one.inLane());
                }
            });
        }
        return body;
    }

    private JsonNode stats(boolean calls) {
        ObjectNode body = json.valueToTree(state.meter().stats(state.faults().happened()));
        if (calls) {
            body.set("log", json.valueToTree(state.meter().log()));
        }
        return body;
    }

    private JsonNode reset() {
        state.reset();
        return json.createObjectNode().put("ok", true);
    }

    private JsonNode faults(JsonNode body) {
        List<FaultRule> rules = new ArrayList<>();
        body.path("faults").forEach(rule -> rules.add(FaultRule.parse(rule.asText())));
        state.faults().replace(rules);
        return json.createObjectNode().put("faults", rules.size());
    }

    private JsonNode lane() {
        LaneBill bill = state.lane().bill();
        ObjectNode body = json.valueToTree(bill);
        return body.put("submittedAgain", bill.submittedAgain())
                .put("billed", bill.billed())
                .put("items", bill.items())
                .put("promptTokens", bill.promptTokens())
                .put("answerTokens", bill.answerTokens());
    }

    private JsonNode batches(JsonNode body) {
        Lane lane = state.lane();
        BatchSettings now = lane.settings();
        BatchSettings next = now.withRequestsPerSecond(
                        body.path("requestsPerSecond").asDouble(now.requestsPerSecond()))
                .withEnqueuedTokens(body.path("enqueuedTokens").asLong(now.enqueuedTokens()))
                .withUnderWay(body.path("underWay").asInt(now.underWay()));
        if (body.has("delay")) {
            next = next.withDelay(TimeText.parse(body.path("delay").asText()));
        }
        lane.change(body.path("held").asBoolean() ? next.held() : next);
        if (body.has("advance")) {
            lane.advance(TimeText.parse(body.path("advance").asText()));
        }
        if (body.path("finish").asBoolean()) {
            lane.finish();
        }
        return lane();
    }

    private JsonNode limits(JsonNode body) {
        Limits now = state.buckets().limits();
        Limits.RetryAfter form = Limits.RetryAfter.valueOf(
                body.path("retryAfter").asText(now.retryAfter().name()).toUpperCase(Locale.ROOT));
        Limits next = new Limits(
                body.path("rpm").asLong(now.rpm()),
                body.path("tpm").asLong(now.tpm()),
                body.path("bucketSeconds").asDouble(now.bucketSeconds()),
                body.path("told").asBoolean(now.told()),
                form,
                now.reservation(),
                now.refusedCount());
        state.buckets().change(next);
        return json.createObjectNode().put("rpm", next.rpm()).put("tpm", next.tpm());
    }
}

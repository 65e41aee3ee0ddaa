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
 *   <li>{@code GET /__bill}: sums, and each text's account as {@code digest: [billed, delivered, good, again]}; with
 *       {@code ?accounts=repeated} only those billed more than once, with {@code ?accounts=none} none
 *   <li>{@code GET /__stats}: {@link Stats}; with {@code ?calls=true} also the last calls one by one
 *   <li>{@code POST /__reset}: forgets bill, counts and cache; rules begin anew
 *   <li>{@code POST /__faults}: <code>{"faults": ["RESET=0.01", ...]}</code> replaces the rules
 *   <li>{@code POST /__limits}: <code>{"rpm": 3000, "tpm": 0, "bucketSeconds": 1, "told": true}</code>; what is left out stays
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
                .put("billedAgain", bill.billedAgain());
        ObjectNode accounts = body.putObject("accounts");
        if (!query.contains("accounts=none")) {
            boolean all = !query.contains("accounts=repeated");
            bill.accounts().forEach((digest, one) -> {
                if (all || one.billed() > 1) {
                    ArrayNode numbers = accounts.putArray(digest);
                    numbers.add(one.billed())
                            .add(one.delivered())
                            .add(one.good())
                            .add(one.again());
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

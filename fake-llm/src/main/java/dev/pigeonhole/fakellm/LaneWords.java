package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** Puts files, batches and their lines into the words of the wire. Thread-safe. */
final class LaneWords {
    static final Reason EXPIRED =
            new Reason("batch_expired", "This request could not be executed before the completion window expired.");
    static final Reason CANCELLED =
            new Reason("batch_cancelled", "The batch was cancelled before this request was executed.");
    static final Reason TIMED_OUT = new Reason("request_timeout", "The underlying call to the model timed out.");

    private static final Duration KEPT = Duration.ofDays(30);

    private final ObjectMapper json;

    LaneWords(ObjectMapper json) {
        this.json = json;
    }

    /** Why a request has no answer at all. */
    record Reason(String code, String message) {}

    ObjectNode file(StoredFile file) {
        return json.createObjectNode()
                .put("object", "file")
                .put("id", file.id())
                .put("purpose", file.purpose())
                .put("filename", file.name())
                .put("bytes", file.bytes())
                .put("created_at", file.created().getEpochSecond())
                .put("expires_at", file.created().plus(KEPT).getEpochSecond())
                .put("status", "processed")
                .putNull("status_details");
    }

    ObjectNode deleted(String id) {
        return json.createObjectNode().put("object", "file").put("id", id).put("deleted", true);
    }

    /** One page of a list, each entry with an {@code id}. */
    ObjectNode list(List<ObjectNode> page, boolean more) {
        ObjectNode body = json.createObjectNode().put("object", "list");
        ArrayNode data = body.putArray("data");
        page.forEach(data::add);
        body.set("first_id", page.isEmpty() ? json.nullNode() : page.get(0).get("id"));
        body.set(
                "last_id",
                page.isEmpty() ? json.nullNode() : page.get(page.size() - 1).get("id"));
        return body.put("has_more", more);
    }

    ObjectNode errors(List<BatchCheck.Problem> problems) {
        ObjectNode errors = json.createObjectNode().put("object", "list");
        ArrayNode data = errors.putArray("data");
        problems.forEach(problem -> data.addObject()
                .put("code", problem.code())
                .put("message", problem.message())
                .put("param", problem.param())
                .put("line", problem.line()));
        return errors;
    }

    ObjectNode usage(long promptTokens, long answerTokens) {
        ObjectNode usage = json.createObjectNode().put("input_tokens", promptTokens);
        usage.putObject("input_tokens_details").put("cached_tokens", 0);
        usage.put("output_tokens", answerTokens)
                .putObject("output_tokens_details")
                .put("reasoning_tokens", 0);
        return usage.put("total_tokens", promptTokens + answerTokens);
    }

    /** A request that was answered, well or with a refusal. */
    String line(String name, String customId, int status, JsonNode body) {
        ObjectNode line = json.createObjectNode().put("id", "batch_req_" + name).put("custom_id", customId);
        line.putObject("response")
                .put("status_code", status)
                .put("request_id", name)
                .set("body", body);
        return line.putNull("error").toString();
    }

    /** A request that has no answer. */
    String failedLine(String name, String customId, Reason reason) {
        ObjectNode line = json.createObjectNode().put("id", "batch_req_" + name).put("custom_id", customId);
        line.putNull("response").putObject("error").put("code", reason.code()).put("message", reason.message());
        return line.toString();
    }

    /** A line as the real service writes it for requests that fell on the floor. */
    String zeroLine(String name, String customId) {
        ObjectNode line = json.createObjectNode().put("id", "batch_req_" + name).put("custom_id", customId);
        line.putObject("response").put("status_code", 0).put("request_id", "").putObject("body");
        return line.putNull("error").toString();
    }
}

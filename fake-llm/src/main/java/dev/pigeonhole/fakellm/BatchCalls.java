package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Calls about batches. Thread-safe. */
final class BatchCalls {
    private static final String ENDPOINT = "/v1/chat/completions";
    private static final int MOST_METADATA = 16;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_VALUE = 512;

    private final Lane lane;
    private final ObjectMapper json;
    private final Replies replies;

    BatchCalls(Lane lane) {
        this.lane = lane;
        this.json = lane.parts().json();
        this.replies = lane.parts().replies();
    }

    Reply create(HttpRequest request) throws IOException {
        JsonNode body = parsed(request);
        if (!body.isObject()) {
            return replies.badRequest("We could not parse the JSON body of your request.", null, null);
        }
        return wrong(body, "endpoint", ENDPOINT)
                .or(() -> wrong(body, "completion_window", "24h"))
                .or(() -> metadata(body.path("metadata")))
                .orElseGet(() -> created(body));
    }

    private JsonNode parsed(HttpRequest request) throws IOException {
        try {
            return json.readTree(request.body());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private Optional<Reply> wrong(JsonNode body, String name, String only) {
        String value = body.path(name).asText();
        if (value.isEmpty()) {
            String message = "Missing required parameter: '" + name + "'.";
            return Optional.of(replies.badRequest(message, name, "missing_required_parameter"));
        }
        return value.equals(only)
                ? Optional.empty()
                : Optional.of(replies.badRequest(
                        "Invalid value: '" + value + "'. Value must be '" + only + "'.", name, "invalid_value"));
    }

    private Optional<Reply> metadata(JsonNode metadata) {
        boolean right = metadata.isMissingNode() || metadata.isNull() || metadata.isObject();
        right &= metadata.size() <= MOST_METADATA;
        for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
            right &= entry.getKey().length() <= LONGEST_KEY
                    && entry.getValue().isTextual()
                    && entry.getValue().textValue().length() <= LONGEST_VALUE;
        }
        return right
                ? Optional.empty()
                : Optional.of(replies.badRequest(
                        "Invalid 'metadata': at most 16 pairs, keys of at most 64 and values of at most 512 characters.",
                        "metadata",
                        "invalid_value"));
    }

    private Reply created(JsonNode body) {
        String id = body.path("input_file_id").asText();
        Optional<StoredFile> file =
                lane.parts().shelf().find(id).filter(found -> found.purpose().equals("batch"));
        if (file.isEmpty()) {
            return replies.badRequest("No batch input file with id '" + id + "'.", "input_file_id", "invalid_value");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        body.path("metadata")
                .properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
        return lane.create(file.get(), ENDPOINT, metadata)
                .map(batch -> replies.json(200, batch))
                .orElseGet(this::tooMany);
    }

    private Reply tooMany() {
        return replies.error(
                429,
                "Too many batches are in progress: Limit " + lane.settings().underWay()
                        + ". Please try again once some of them have been completed.",
                "requests",
                null,
                "rate_limit_exceeded");
    }

    Reply find(String id) {
        return lane.find(id).map(batch -> replies.json(200, batch)).orElseGet(() -> unknown(id));
    }

    Reply list(Page page) {
        return replies.json(200, page.of(lane.newest(), lane.parts().words()));
    }

    Reply cancel(String id) {
        return lane.cancel(id)
                .map(done -> done.accepted()
                        ? replies.json(200, done.words())
                        : replies.error(
                                409,
                                "Cannot cancel a batch with status '"
                                        + done.status().word() + "'.",
                                "invalid_request_error",
                                null,
                                null))
                .orElseGet(() -> unknown(id));
    }

    private Reply unknown(String id) {
        return LaneEndpoint.unknown(replies, "No batch found with id '" + id + "'.");
    }
}

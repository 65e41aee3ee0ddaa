package dev.pigeonhole.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.llm.BatchState;
import dev.pigeonhole.llm.BatchState.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes and reads what the batch API speaks: requests of a file, and batches. Thread-safe. */
final class BatchJson {
    static final String CHAT = "/v1/chat/completions";

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_ERRORS = 20;
    private static final int LONGEST_ID = 512;
    /** What is said to expire later was said in another unit, or in jest. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final OpenAiErrors errors;

    BatchJson(OpenAiErrors errors) {
        this.errors = errors;
    }

    /**
     * A line of the file.
     *
     * @param body as it would be sent in a call of its own
     */
    static byte[] line(String customId, byte[] body) {
        return write(body.length + 200, json -> {
            json.writeStringField("custom_id", customId);
            json.writeStringField("method", "POST");
            json.writeStringField("url", CHAT);
            json.writeFieldName("body");
            json.writeRawValue(new String(body, StandardCharsets.UTF_8));
        });
    }

    /** The request that makes a batch; the same metadata in any order gives the same bytes. */
    static byte[] create(String fileId, Map<String, String> metadata) {
        return write(1024, json -> {
            json.writeStringField("input_file_id", fileId);
            json.writeStringField("endpoint", CHAT);
            json.writeStringField("completion_window", "24h");
            json.writeObjectFieldStart("metadata");
            for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        });
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] write(int size, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("into memory", e);
        }
        return bytes.toByteArray();
    }

    /** The id of what an answer describes; empty if it names none that could stand in an address. */
    static Optional<String> id(JsonNode node) {
        return text(node.path("id"));
    }

    private static Optional<String> text(JsonNode node) {
        String id = node.isTextual() ? node.asText() : "";
        boolean fit = id.length() <= LONGEST_ID && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return Optional.of(id).filter(text -> fit && !text.isEmpty() && !text.equals(".") && !text.equals(".."));
    }

    /** How a batch stands; empty if this is none. */
    Optional<BatchState> state(JsonNode node) {
        JsonNode counts = node.path("request_counts");
        return id(node).filter(id -> node.path("status").isTextual())
                .map(id -> new BatchState(
                        id,
                        status(node.path("status").asText()),
                        count(counts.path("total")),
                        count(counts.path("completed")),
                        count(counts.path("failed")),
                        text(node.path("output_file_id")),
                        text(node.path("error_file_id")),
                        messages(node.path("errors")),
                        expires(node.path("expires_at"))));
    }

    private static Status status(String said) {
        return switch (said.toLowerCase(Locale.ROOT)) {
            case "completed" -> Status.COMPLETED;
            case "failed" -> Status.FAILED;
            case "expired" -> Status.EXPIRED;
            case "cancelled" -> Status.CANCELLED;
            default -> Status.UNDER_WAY;
        };
    }

    private static long count(JsonNode node) {
        return Math.max(0, node.asLong(0));
    }

    private static Optional<Instant> expires(JsonNode node) {
        long second = node.asLong(0);
        return second > 0 && second <= LATEST.getEpochSecond()
                ? Optional.of(Instant.ofEpochSecond(second))
                : Optional.empty();
    }

    /** A list, or an object that holds one. */
    private List<String> messages(JsonNode node) {
        List<String> all = new ArrayList<>();
        for (JsonNode error : node.isArray() ? node : node.path("data")) {
            if (all.size() < MOST_ERRORS) {
                all.add(message(error));
            }
        }
        return all;
    }

    private String message(JsonNode error) {
        String line = error.path("line").isIntegralNumber()
                ? "line " + error.path("line").asLong() + ": "
                : "";
        String code = errors.code(error.path("code").asText(""));
        String said = errors.aboutTexts(
                error.isTextual() ? error.asText() : error.path("message").asText(""));
        String both = code.isEmpty() || said.isEmpty() ? code + said : code + ": " + said;
        return line + (both.isEmpty() ? "no reason given" : both);
    }

    /** Whether a batch has all of this metadata. */
    static boolean has(JsonNode node, Map<String, String> metadata) {
        JsonNode all = node.path("metadata");
        return metadata.entrySet().stream()
                .allMatch(entry -> all.path(entry.getKey()).isTextual()
                        && all.path(entry.getKey()).asText().equals(entry.getValue()));
    }
}

package dev.pigeonhole.llm.lane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pigeonhole.core.StorageException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A submission as its state file holds it. Stateless. */
final class SubmissionJson {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SubmissionJson() {}

    static String write(Submission submission) {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("number", submission.number());
        json.put("stage", submission.stage().name());
        json.put("token", submission.token());
        json.put("file", submission.fileId());
        json.put("batch", submission.batchId());
        json.put("begun", submission.begun().toString());
        json.put("rows", submission.rows());
        json.put("first_row", submission.firstRow());
        json.put("last_row", submission.lastRow());
        ArrayNode calls = json.putArray("calls");
        submission.calls().forEach(range -> calls.addArray().add(range.first()).add(range.count()));
        return json + "\n";
    }

    /** @throws StorageException it is no state file */
    static Submission read(String text, Path file) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.path("version").asInt() != VERSION) {
                throw damaged(file, "its version is not " + VERSION, null);
            }
            return new Submission(
                    json.required("number").intValue(),
                    json.required("token").textValue(),
                    Submission.Stage.valueOf(json.required("stage").asText()),
                    json.required("file").textValue(),
                    json.required("batch").textValue(),
                    Instant.parse(json.required("begun").asText()),
                    calls(json.required("calls")),
                    json.required("rows").longValue(),
                    json.required("first_row").longValue(),
                    json.required("last_row").longValue());
        } catch (JsonProcessingException e) {
            throw damaged(file, "not valid JSON", e);
        } catch (IllegalArgumentException | DateTimeException | NullPointerException e) {
            throw damaged(file, "a value is missing or wrong", e);
        }
    }

    private static List<CallRange> calls(JsonNode json) {
        List<CallRange> calls = new ArrayList<>();
        json.forEach(range ->
                calls.add(new CallRange(range.path(0).longValue(), range.path(1).intValue())));
        return calls;
    }

    private static StorageException damaged(Path file, String what, @Nullable Exception e) {
        return new StorageException(
                "the state file " + file + " of a batch cannot be read: " + what
                        + ". It says what is under way at the provider; restore the job's folder from a copy, then resume"
                        + " the job",
                e);
    }
}

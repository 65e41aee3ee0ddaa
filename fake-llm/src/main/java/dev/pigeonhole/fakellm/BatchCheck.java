package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the real service checks in the file of a batch before it works on the first request. Belongs to one batch. */
final class BatchCheck {
    private static final int MOST_PROBLEMS = 50;

    private final ObjectMapper json;
    private final Clerk clerk;
    private final List<String> models;
    private final BatchSettings settings;
    private final String endpoint;
    private final Set<String> ids = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private String model = "";
    private int requests;
    private long promptTokens;

    /**
     * One reason why a batch cannot be worked on.
     *
     * @param line counted from 1; null if it is about the file
     * @param param what is wrong in the line; null if it is about the line
     */
    record Problem(
            String code,
            String message,
            @Nullable Integer line,
            @Nullable String param) {}

    /**
     * What a file holds.
     *
     * @param promptTokens of all requests; counted only if there is a limit
     */
    record Found(List<Problem> problems, String model, int requests, long promptTokens) {
        Found {
            problems = List.copyOf(problems);
        }
    }

    private BatchCheck(ObjectMapper json, Clerk clerk, List<String> models, BatchSettings settings, String endpoint) {
        this.json = json;
        this.clerk = clerk;
        this.models = models;
        this.settings = settings;
        this.endpoint = endpoint;
    }

    /** @param models that exist; empty for any */
    static Found check(
            StoredFile file,
            String endpoint,
            ObjectMapper json,
            Clerk clerk,
            List<String> models,
            BatchSettings settings) {
        BatchCheck check = new BatchCheck(json, clerk, models, settings, endpoint);
        check.file(file);
        return new Found(check.problems, check.model, check.requests, check.promptTokens);
    }

    private void file(StoredFile file) {
        if (file.bytes() > settings.mostBytes()) {
            add(
                    "file_too_large",
                    "The batch input file is larger than " + settings.mostBytes() + " bytes.",
                    null,
                    null);
            return;
        }
        try (BufferedReader lines = file.lines()) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    requests++;
                    line(line, number);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what was packed can be unpacked", e);
        }
        if (requests == 0) {
            add("empty_file", "The batch input file is empty.", null, null);
        } else if (requests > settings.mostRequests()) {
            String message = "The batch input file has " + requests + " requests. Only " + settings.mostRequests()
                    + " are allowed.";
            add("too_many_tasks", message, null, null);
        }
    }

    private void line(String text, int number) {
        JsonNode line = parsed(text);
        if (!line.isObject()) {
            add("invalid_json_line", "This line is not parseable as valid JSON.", number, null);
            return;
        }
        String id = line.path("custom_id").asText();
        if (!line.path("custom_id").isTextual() || id.isEmpty()) {
            missing("custom_id", number);
        } else if (!ids.add(id)) {
            add(
                    "duplicate_custom_id",
                    "The custom_id '" + id + "' is in the file more than once.",
                    number,
                    "custom_id");
        }
        if (!line.path("method").asText().equals("POST")) {
            missing("method", number);
        }
        if (!line.path("url").asText().equals(endpoint)) {
            String message = "The URL provided for this request does not match the batch endpoint.";
            add("url_mismatch", message, number, "url");
        }
        body(line.path("body"), number);
    }

    private void body(JsonNode body, int number) {
        if (!body.isObject()) {
            missing("body", number);
            return;
        }
        String asked = body.path("model").asText();
        if (asked.isEmpty()) {
            missing("body.model", number);
        } else if (!models.isEmpty() && !models.contains(asked)) {
            String message = "The provided model '" + asked + "' is not supported by the Batch API.";
            add("model_not_found", message, number, "body.model");
        } else if (!model.isEmpty() && !asked.equals(model)) {
            String message = "All requests of a batch must have the same model. Found: '" + asked + "', expected: '"
                    + model + "'.";
            add("model_mismatch", message, number, "body.model");
        }
        model = model.isEmpty() ? asked : model;
        if (settings.enqueuedTokens() > 0) {
            promptTokens += clerk.promptTokens(clerk.read(body, ""));
        }
    }

    private JsonNode parsed(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private void missing(String param, int number) {
        String message = "Missing or wrong required parameter: '" + param + "'.";
        add("missing_required_parameter", message, number, param);
    }

    private void add(String code, String message, @Nullable Integer line, @Nullable String param) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(code, message, line, param));
        }
    }
}

package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Submits batches as Pigeonhole would, and looks at what comes back. */
final class Submitting {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final FakeLlm server;

    Submitting(FakeLlm server) {
        this.server = server;
    }

    /** Requests with the custom ids {@code q1} and so on, each about one text of its own. */
    static List<ObjectNode> requests(int count) {
        List<ObjectNode> requests = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            requests.add(request("q" + i, List.of("text number " + i)));
        }
        return requests;
    }

    static ObjectNode request(String id, List<String> texts) {
        ObjectNode line = Asking.JSON.createObjectNode();
        line.put("custom_id", id).put("method", "POST").put("url", "/v1/chat/completions");
        line.set("body", Asking.keyed(texts));
        return line;
    }

    static String lines(List<ObjectNode> requests) {
        StringBuilder lines = new StringBuilder();
        requests.forEach(request -> lines.append(request).append('\n'));
        return lines.toString();
    }

    HttpResponse<String> send(String method, String path, String contentType, String body)
            throws IOException, InterruptedException {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).method(method, publisher);
        if (!contentType.isEmpty()) {
            request.header("content-type", contentType);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> upload(String content, String purpose, String name) throws IOException, InterruptedException {
        String body = "--sep\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n" + purpose
                + "\r\n--sep\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n--sep--\r\n";
        return send("POST", "/files", "multipart/form-data; boundary=sep", body);
    }

    String uploaded(String content) throws IOException, InterruptedException {
        return Asking.json(upload(content, "batch", "rows.jsonl")).path("id").asText();
    }

    static ObjectNode order(String file, Map<String, String> metadata) {
        ObjectNode body = Asking.JSON.createObjectNode().put("input_file_id", file);
        body.put("endpoint", "/v1/chat/completions").put("completion_window", "24h");
        body.set("metadata", Asking.JSON.valueToTree(metadata));
        return body;
    }

    HttpResponse<String> create(ObjectNode order) throws IOException, InterruptedException {
        return send("POST", "/batches", "application/json", order.toString());
    }

    /** The id of a new batch of these requests. */
    String submitted(List<ObjectNode> requests) throws IOException, InterruptedException {
        return submitted(lines(requests), Map.of("job", "j1"));
    }

    String submitted(String content, Map<String, String> metadata) throws IOException, InterruptedException {
        return Asking.json(create(order(uploaded(content), metadata)))
                .path("id")
                .asText();
    }

    JsonNode batch(String id) throws IOException, InterruptedException {
        return Asking.json(get("/batches/" + id));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", "");
    }

    HttpResponse<String> cancel(String id) throws IOException, InterruptedException {
        return send("POST", "/batches/" + id + "/cancel", "", "");
    }

    /** The lines of one of a batch's files; none if there is no such file. */
    List<String> lines(JsonNode batch, String file) throws IOException, InterruptedException {
        String id = batch.path(file).asText("");
        if (batch.path(file).isNull() || id.isEmpty()) {
            return List.of();
        }
        return get("/files/" + id + "/content").body().lines().toList();
    }

    List<JsonNode> output(JsonNode batch) throws IOException, InterruptedException {
        return parsed(lines(batch, "output_file_id"));
    }

    List<JsonNode> errors(JsonNode batch) throws IOException, InterruptedException {
        return parsed(lines(batch, "error_file_id"));
    }

    private static List<JsonNode> parsed(List<String> lines) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String line : lines) {
            all.add(Asking.JSON.readTree(line));
        }
        return all;
    }

    /** Custom ids, in the order of the lines. */
    static List<String> ids(List<JsonNode> lines) {
        return lines.stream().map(line -> line.path("custom_id").asText()).toList();
    }

    /** Custom ids by the error code of their lines. */
    static Map<String, List<String>> byCode(List<JsonNode> lines) {
        Map<String, List<String>> found = new TreeMap<>();
        for (JsonNode line : lines) {
            String code = line.path("error").isNull()
                    ? line.at("/response/status_code").asText()
                    : line.at("/error/code").asText();
            found.computeIfAbsent(code, any -> new ArrayList<>())
                    .add(line.path("custom_id").asText());
        }
        return found;
    }
}

package dev.pigeonhole.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the page's API with the token, as a script does: to prepare what a browser then shows. Thread-safe. */
final class Asker {
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper mapper = new JsonMapper();
    private final URI root;
    private final String token;

    /** @param link that the server printed, with the token behind the # */
    Asker(String link) {
        this.root = URI.create(link.replaceFirst("#.*$", ""));
        this.token = link.replaceFirst("^.*#token=", "");
    }

    JsonNode get(String path) {
        return send("GET", path, "application/json", "");
    }

    JsonNode post(String path, Map<String, ?> body) {
        return send("POST", path, "application/json", text(body));
    }

    JsonNode put(String path, Map<String, ?> body) {
        return send("PUT", path, "application/json", text(body));
    }

    JsonNode patch(String path, Map<String, ?> body) {
        return send("PATCH", path, "application/json", text(body));
    }

    /** A new draft with this file; returns its path. */
    String upload(String name, String csv) {
        String draft = "/drafts/" + post("/drafts", Map.of()).path("id").asText();
        send("PUT", draft + "/file?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8), "text/csv", csv);
        return draft;
    }

    /** How many more streams of events the server lets be opened. */
    int streamsLeft(String job) {
        List<InputStream> open = new ArrayList<>();
        try {
            for (int status = 200; status == 200; ) {
                HttpResponse<InputStream> answer =
                        client.send(request("GET", "/jobs/" + job + "/events", "", ""), BodyHandlers.ofInputStream());
                open.add(answer.body());
                status = answer.statusCode();
            }
            for (InputStream each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return open.size() - 1;
    }

    private HttpRequest request(String method, String path, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve("/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.ofString(body));
        return type.isEmpty()
                ? request.build()
                : request.header("Content-Type", type).build();
    }

    /** @throws IllegalStateException the server did not do it */
    private JsonNode send(String method, String path, String type, String body) {
        try {
            HttpResponse<String> answer = client.send(request(method, path, type, body), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return mapper.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String text(Map<String, ?> body) {
        return mapper.valueToTree(body).toString();
    }
}

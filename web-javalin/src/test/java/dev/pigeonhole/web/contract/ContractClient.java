package dev.pigeonhole.web.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server as a script would; each answer is held against the contract before the test gets it. Thread-safe.
 *
 * <p>Paths are relative to the API ({@code /jobs}) or whole ({@code /api/v1/jobs}); a {@code Location} can be given as it came. A body
 * that is a text is sent as it is, anything else as JSON. What the server takes (2xx) must be described too.
 */
public final class ContractClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String JSON = "application/json";
    /** Read once: its schemas take a while to make. */
    private static final Contract CONTRACT = Contract.load();

    private final HttpClient http;
    private final JsonMapper mapper = new JsonMapper();
    private final Contract contract;
    private final URI server;
    private final Map<String, String> headers;

    /**
     * @param server scheme, host and port
     */
    public ContractClient(URI server) {
        this(newHttp(), CONTRACT, server, Map.of());
    }

    private ContractClient(HttpClient http, Contract contract, URI server, Map<String, String> headers) {
        this.http = http;
        this.contract = contract;
        this.server = server;
        this.headers = Map.copyOf(headers);
    }

    /** A server on this machine's loopback. */
    public static ContractClient local(int port) {
        return new ContractClient(URI.create("http://127.0.0.1:" + port));
    }

    /** The same client with a bearer token. */
    public ContractClient withToken(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** The same client with a header on every request, for instance {@code If-Match}. */
    public ContractClient with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ContractClient(http, contract, server, more);
    }

    public Contract contract() {
        return contract;
    }

    public ContractAnswer get(String path) {
        return ask("GET", path, null, null);
    }

    public ContractAnswer post(String path) {
        return ask("POST", path, null, null);
    }

    public ContractAnswer post(String path, Object body) {
        return ask("POST", path, JSON, bytes(body));
    }

    public ContractAnswer put(String path, Object body) {
        return ask("PUT", path, JSON, bytes(body));
    }

    public ContractAnswer patch(String path, Object body) {
        return ask("PATCH", path, JSON, bytes(body));
    }

    public ContractAnswer delete(String path) {
        return ask("DELETE", path, null, null);
    }

    public ContractAnswer delete(String path, Object body) {
        return ask("DELETE", path, JSON, bytes(body));
    }

    /** Puts a file's content. */
    public ContractAnswer upload(String path, byte[] content) {
        return ask("PUT", path, "text/csv", content);
    }

    /** Puts a file's content, in UTF-8. */
    public ContractAnswer upload(String path, String content) {
        return upload(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Any request. */
    public ContractAnswer ask(String method, String path, @Nullable String contentType, byte @Nullable [] body) {
        HttpRequest.Builder request = request(path).timeout(TIMEOUT);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpResponse<byte[]> response = send(request.method(method, publisher).build(), BodyHandlers.ofByteArray());
        ContractAnswer answer = new ContractAnswer(response.statusCode(), response.headers(), response.body());
        contract.check(method, path, answer.status(), type(response), answer.text());
        contract.checkHeaders(
                method, path, answer.status(), answer.headers().map().keySet());
        if (body != null && answer.status() < 300 && contentType != null && contentType.endsWith("json")) {
            contract.checkTaken(method, path, contentType, new String(body, StandardCharsets.UTF_8));
        }
        return answer;
    }

    /** Opens a stream of events; close it. */
    public ContractEvents events(String path) {
        HttpRequest request =
                request(path).header("Accept", "text/event-stream").GET().build();
        HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new AssertionError("GET " + path + " opened no stream but answered " + response.statusCode());
        }
        contract.check("GET", path, 200, type(response), "");
        return new ContractEvents(contract, path, response.body());
    }

    /** Opens a stream of events that goes on after the one with this id. */
    public ContractEvents events(String path, long lastEventId) {
        return with("Last-Event-ID", Long.toString(lastEventId)).events(path);
    }

    private HttpRequest.Builder request(String path) {
        String whole = path.startsWith(OpenApi.BASE + "/") ? path : OpenApi.BASE + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(whole));
        headers.forEach(request::header);
        return request;
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri() + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private byte[] bytes(Object body) {
        try {
            String text = body instanceof String given ? given : mapper.writeValueAsString(body);
            return text.getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String type(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse(null);
    }

    private static HttpClient newHttp() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}

package dev.pigeonhole.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pigeonhole.fakellm.FakeLlmMain;
import dev.pigeonhole.fakellm.Stats;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The fake language model as a process of its own; it is the judge of what it was asked. Not thread-safe. */
final class FakeServer implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI baseUrl;

    /** What was paid for; rows count as often as they were billed. Immutable. */
    record Sums(long texts, long billed, long billedAgain) {}

    private FakeServer(Process process, URI baseUrl) {
        this.process = process;
        this.baseUrl = baseUrl;
    }

    /**
     * @param options of {@link FakeLlmMain}
     * @throws IOException it does not start
     */
    static FakeServer start(List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Child.AS_SHIPPED);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FakeLlmMain.class.getName()));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader stdout = process.inputReader(StandardCharsets.UTF_8);
        String first = stdout.readLine();
        if (first == null) {
            process.destroy();
            throw new IOException("the fake server did not start: " + options);
        }
        return new FakeServer(process, URI.create(first));
    }

    String baseUrl() {
        return baseUrl.toString();
    }

    Stats stats() throws IOException, InterruptedException {
        return json.treeToValue(get("__stats"), Stats.class);
    }

    Sums bill() throws IOException, InterruptedException {
        JsonNode bill = get("__bill?accounts=none");
        return new Sums(
                bill.path("texts").asLong(),
                bill.path("billed").asLong(),
                bill.path("billedAgain").asLong());
    }

    /** Forgets what it has seen, when no call is under way any more. */
    void reset() throws IOException, InterruptedException {
        while (stats().inFlight() > 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        send(HttpRequest.newBuilder(baseUrl.resolve("/__reset"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** Another limit on requests a minute from now on. */
    void limit(long rpm) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(baseUrl.resolve("/__limits"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"rpm\": " + rpm + "}"))
                .build());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(baseUrl.resolve("/" + path)).build());
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + ": " + response.body());
        }
        return json.readTree(response.body());
    }

    @Override
    public void close() {
        process.destroy();
    }
}

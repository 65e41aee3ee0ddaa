package dev.pigeonhole.web.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pigeonhole.web.contract.ContractEvents.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client says what it was asked to say, and holds what comes back against the contract. */
class ContractClientTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String EVENT = "{\"job\":" + ApiDocs.load().examples().get("Job") + "}";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ContractClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        client = ContractClient.local(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anAnswerComesBackWhole() {
        answer("/api/v1/health", 200, "application/json", "{\"status\":\"ok\"}");
        ContractAnswer answer = client.withToken("secret").get("/health").expect(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("ok");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(asked).containsExactly("GET /api/v1/health Bearer secret ");
    }

    @Test
    void aWrongAnswerIsAFaultWhoeverAsks() {
        answer("/api/v1/health", 200, "application/json", "{\"status\":\"fine\"}");
        assertThatThrownBy(() -> client.get("/api/v1/health"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("fine");
    }

    @Test
    void aBodyIsSentAsJsonOrAsItIs() {
        answer("/api/v1/session", 204, "", "");
        client.post("/session", Map.of("token", "t")).expect(204);
        client.post("/session", "{\"token\":\"u\"}").expect(204);
        assertThat(asked)
                .containsExactly(
                        "POST /api/v1/session application/json {\"token\":\"t\"}",
                        "POST /api/v1/session application/json {\"token\":\"u\"}");
    }

    @Test
    void aBodyThatIsTakenButNotDescribedIsAFault() {
        answer("/api/v1/session", 204, "", "");
        assertThatThrownBy(() -> client.post("/session", Map.of("password", "t")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the server took the body");
    }

    @Test
    void anotherStatusThanExpectedIsShownWithItsBody() {
        answer("/api/v1/health", 200, "application/json", "{\"status\":\"ok\"}");
        assertThatThrownBy(() -> client.get("/health").expect(404))
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected 404, found 200: {\"status\":\"ok\"}");
    }

    @Test
    void eventsComeInOrderAndCommentsAreCounted() {
        stream(": hello\n\nid: 7\nevent: snapshot\ndata: " + EVENT + "\n\nid: 8\nevent: state\ndata: " + EVENT
                + "\n\n: still here\n\n");
        try (ContractEvents events = client.events("/jobs/a1/events", 6)) {
            assertThat(events.next(SOON))
                    .hasValueSatisfying(event -> assertThat(event.name()).isEqualTo("snapshot"));
            Event state = events.await(event -> event.name().equals("state"), SOON);
            assertThat(state.id()).isEqualTo(8);
            assertThat(state.job().path("percent").asInt()).isEqualTo(62);
            assertThat(events.next(SOON)).isEmpty();
            assertThat(events.next(SOON)).as("an end stays an end").isEmpty();
            assertThat(events.comments()).isEqualTo(2);
        }
        assertThat(asked).containsExactly("GET /api/v1/jobs/a1/events 6 ");
    }

    @Test
    void aWrongEventIsAFault() {
        stream("id: 7\nevent: gossip\ndata: " + EVENT + "\n\n");
        try (ContractEvents events = client.events("/jobs/a1/events")) {
            assertThatThrownBy(() -> events.next(SOON))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("gossip");
        }
    }

    @Test
    void anEventThatDoesNotComeIsAFault() {
        stream("");
        try (ContractEvents events = client.events("/jobs/a1/events")) {
            assertThatThrownBy(() -> events.await(event -> true, SOON)).hasMessageContaining("ended before");
        }
    }

    private void answer(String path, int status, String contentType, String body) {
        server.createContext(path, exchange -> {
            remember(exchange, "Authorization", "Content-Type");
            exchange.getResponseHeaders().set("Set-Cookie", "a=b");
            if (!contentType.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", contentType);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    private void stream(String lines) {
        server.createContext("/api/v1/jobs/a1/events", exchange -> {
            remember(exchange, "Last-Event-ID");
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(lines.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private void remember(HttpExchange exchange, String... headers) throws IOException {
        StringBuilder line = new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " ");
        for (String header : headers) {
            String value = exchange.getRequestHeaders().getFirst(header);
            line.append(value == null ? "" : value + " ");
        }
        asked.add(line + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }
}

package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Asks as Pigeonhole would, and looks at the bytes that come back. */
final class Asking {
    static final ObjectMapper JSON = new ObjectMapper();
    static final List<String> CATEGORIES = List.of("Billing", "Refund", "Login", "__none__");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Asking() {}

    static List<String> texts(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "text number " + i).toList();
    }

    static String id(int number) {
        return String.format(Locale.ROOT, "r%02d", number);
    }

    /** A request about these texts, without a format of the answer. */
    static ObjectNode plain(List<String> texts) {
        ObjectNode body = JSON.createObjectNode().put("model", "gpt-fake");
        ArrayNode messages = body.putArray("messages");
        messages.addObject()
                .put("role", "system")
                .put(
                        "content",
                        "You classify records. Answer in JSON.\nCATEGORIES (name | definition)\nBilling | money\n"
                                + "Refund | money back\nLogin | keys\n__none__ | nothing else\n\nEXAMPLES\nnone");
        StringBuilder user = new StringBuilder("Classify the records.\n<records-k3Jd92Xa>\n");
        for (int i = 0; i < texts.size(); i++) {
            user.append(JSON.createObjectNode().put("id", id(i + 1)).put("text", texts.get(i)))
                    .append('\n');
        }
        messages.addObject()
                .put("role", "user")
                .put(
                        "content",
                        user.append("</records-k3Jd92Xa>\nThat was data.").toString());
        return body;
    }

    /** A request whose answer is an object with the ids as names. */
    static ObjectNode keyed(List<String> texts) {
        ObjectNode body = plain(texts);
        ObjectNode schema = format(body);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (int i = 1; i <= texts.size(); i++) {
            properties.putObject(id(i)).put("$ref", "#/$defs/c");
            required.add(id(i));
        }
        schema.put("additionalProperties", false);
        enumeration(schema.putObject("$defs").putObject("c"), CATEGORIES);
        return body;
    }

    /** A request whose answer is an array. */
    static ObjectNode array(List<String> texts) {
        ObjectNode body = plain(texts);
        ObjectNode schema = format(body).put("additionalProperties", false);
        schema.putArray("required").add("results");
        ObjectNode items = schema.putObject("properties")
                .putObject("results")
                .put("type", "array")
                .putObject("items");
        items.put("type", "object")
                .put("additionalProperties", false)
                .putArray("required")
                .add("id")
                .add("category");
        ObjectNode entry = items.putObject("properties");
        enumeration(
                entry.putObject("id"),
                IntStream.rangeClosed(1, texts.size()).mapToObj(Asking::id).toList());
        enumeration(entry.putObject("category"), CATEGORIES);
        return body;
    }

    private static ObjectNode format(ObjectNode body) {
        return body.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "labels")
                .put("strict", true)
                .putObject("schema")
                .put("type", "object");
    }

    private static void enumeration(ObjectNode property, List<String> values) {
        values.forEach(property.put("type", "string").putArray("enum")::add);
    }

    static HttpResponse<String> ask(FakeLlm server, JsonNode body) throws IOException, InterruptedException {
        return ask(server, body, request -> {});
    }

    static HttpResponse<String> ask(FakeLlm server, JsonNode body, Consumer<HttpRequest.Builder> more)
            throws IOException, InterruptedException {
        return post(URI.create(server.baseUrl() + "/chat/completions"), body.toString(), more);
    }

    static HttpResponse<String> post(URI address, String body, Consumer<HttpRequest.Builder> more)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        more.accept(request);
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** What the model said. */
    static String content(HttpResponse<String> response) throws IOException {
        return json(response).at("/choices/0/message/content").asText();
    }

    static JsonNode answer(HttpResponse<String> response) throws IOException {
        return JSON.readTree(content(response));
    }

    static Socket connect(FakeLlm server) throws IOException {
        return new Socket("127.0.0.1", server.root().getPort());
    }

    /** Sends a request over a connection of its own, byte by byte known. */
    static void send(Socket socket, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost:" + socket.getPort()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().write(bytes);
    }

    /** All that comes until the server closes the connection. */
    static String readToEnd(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** One answer, by its content length. */
    static String readOne(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return head.toString();
            }
            head.append((char) c);
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        int length = Integer.parseInt(lower.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}

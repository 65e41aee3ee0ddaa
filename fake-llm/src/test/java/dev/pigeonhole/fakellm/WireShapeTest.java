package dev.pigeonhole.fakellm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireShapeTest {
    private FakeLlm server = start(FakeLlm.builder());

    private static FakeLlm start(FakeLlm.Builder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void restart(FakeLlm.Builder builder) throws IOException {
        server.close();
        server = start(builder);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aCompletionHasTheShapeOfTheRealOne() throws Exception {
        HttpResponse<String> response = Asking.ask(server, Asking.keyed(Asking.texts(3)));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-request-id"))
                .hasValueSatisfying(id -> assertThat(id).startsWith("req_"));
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        JsonNode body = Asking.json(response);
        assertThat(body.path("id").asText()).startsWith("chatcmpl-");
        assertThat(body.path("object").asText()).isEqualTo("chat.completion");
        assertThat(body.path("created").isNumber()).isTrue();
        assertThat(body.path("model").asText()).isEqualTo("gpt-fake");
        JsonNode choice = body.at("/choices/0");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
        assertThat(choice.at("/message/role").asText()).isEqualTo("assistant");
        assertThat(choice.at("/message/refusal").isNull()).isTrue();
        JsonNode usage = body.path("usage");
        assertThat(usage.path("total_tokens").asInt())
                .isEqualTo(usage.path("prompt_tokens").asInt()
                        + usage.path("completion_tokens").asInt());
        assertThat(usage.at("/prompt_tokens_details/cached_tokens").asInt(-1)).isZero();
        assertThat(usage.path("completion_tokens").asInt())
                .isEqualTo((Asking.content(response).length() + 3) / 4);
    }

    @Test
    void allModesSayTheSame() throws Exception {
        List<String> texts = Asking.texts(12);
        JsonNode keyed = Asking.answer(Asking.ask(server, Asking.keyed(texts)));
        JsonNode array = Asking.answer(Asking.ask(server, Asking.array(texts)));
        ObjectNode object = Asking.plain(texts);
        object.putObject("response_format").put("type", "json_object");
        JsonNode free = Asking.answer(Asking.ask(server, object));
        String lines = Asking.content(Asking.ask(server, Asking.plain(texts)));

        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= texts.size(); i++) {
            expected.add(Asking.id(i) + "\t" + Oracle.byHash(1).categoryOf(texts.get(i - 1), Asking.CATEGORIES));
        }
        assertThat(lines.lines()).containsExactlyElementsOf(expected);
        assertThat(free).isEqualTo(keyed);
        assertThat(keyed.properties())
                .map(entry -> entry.getKey() + "\t" + entry.getValue().asText())
                .containsExactlyElementsOf(expected);
        assertThat(array.path("results"))
                .map(entry -> entry.path("id").asText() + "\t"
                        + entry.path("category").asText())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void aStrictSchemaIsFollowedAlsoWhereThereIsNoRecord() throws Exception {
        ObjectNode body = Asking.keyed(Asking.texts(5));
        ((ObjectNode) body.path("messages").path(1))
                .put(
                        "content",
                        "Classify: <records-a>\n{\"id\":\"r02\",\"text\":\"x\"}\n{\"id\":\"r99\",\"text\":\"y\"}\n</records-a>");

        JsonNode answer = Asking.answer(Asking.ask(server, body));

        assertThat(answer.fieldNames()).toIterable().containsExactly("r01", "r02", "r03", "r04", "r05");
        assertThat(answer.path("r01").asText()).isEqualTo("__none__");
    }

    @Test
    void aProbeWithAnySchemaGetsTheLeastThatFits() throws Exception {
        ObjectNode body = Asking.plain(List.of());
        ObjectNode schema = body.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "probe")
                .put("strict", true)
                .putObject("schema");
        schema.put("type", "object")
                .put("additionalProperties", false)
                .putArray("required")
                .add("ok");
        schema.putObject("properties").putObject("ok").put("type", "boolean");

        assertThat(Asking.content(Asking.ask(server, body))).isEqualTo("{\"ok\":true}");
    }

    @Test
    void theKeyIsAskedForIfThereIsOne() throws Exception {
        restart(FakeLlm.builder().key("sk-test"));
        JsonNode body = Asking.keyed(Asking.texts(1));

        HttpResponse<String> none = Asking.ask(server, body);
        HttpResponse<String> wrong = Asking.ask(server, body, request -> request.header("Authorization", "Bearer x"));
        HttpResponse<String> right =
                Asking.ask(server, body, request -> request.header("Authorization", "Bearer sk-test"));
        HttpResponse<String> azure = Asking.post(
                server.root().resolve("/openai/deployments/gpt-fake/chat/completions?api-version=2024-10-21"),
                body.toString(),
                request -> request.header("api-key", "sk-test"));

        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(Asking.json(wrong).at("/error/code").asText()).isEqualTo("invalid_api_key");
        assertThat(Asking.json(wrong).path("error").fieldNames())
                .toIterable()
                .containsExactly("message", "type", "param", "code");
        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(azure.statusCode()).isEqualTo(200);
        assertThat(Asking.get(URI.create(server.baseUrl() + "/models")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void onlyKnownModelsAnswer() throws Exception {
        restart(FakeLlm.builder().models("gpt-fake", "gpt-other"));

        assertThat(Asking.json(Asking.get(URI.create(server.baseUrl() + "/models")))
                        .path("data"))
                .map(model -> model.path("id").asText())
                .containsExactly("gpt-fake", "gpt-other");
        HttpResponse<String> refused =
                Asking.ask(server, Asking.keyed(Asking.texts(1)).put("model", "gpt-9"));
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(Asking.json(refused).at("/error/code").asText()).isEqualTo("model_not_found");
        assertThat(Asking.ask(server, Asking.keyed(Asking.texts(1))).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "max_tokens, unsupported_parameter, max_tokens",
        "seed, unsupported_parameter, seed",
        "temperature, unsupported_value, temperature",
        "json_schema, '', response_format"
    })
    void whatAModelCannotDoIsRefused(String what, String code, String parameter) throws Exception {
        Abilities able = switch (what) {
            case "json_schema" -> Abilities.ALL.withoutJsonSchema();
            case "temperature" -> Abilities.ALL.withoutTemperature();
            default -> Abilities.ALL.without(what);
        };
        restart(FakeLlm.builder().abilities(able));

        HttpResponse<String> response = Asking.ask(
                server,
                Asking.keyed(Asking.texts(1))
                        .put("max_tokens", 100)
                        .put("seed", 1)
                        .put("temperature", 0));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Asking.json(response).at("/error/param").asText()).isEqualTo(parameter);
        assertThat(Asking.json(response).at("/error/code").asText("")).isEqualTo(code);
    }

    @Test
    void jsonObjectNeedsTheWordAndTheAbility() throws Exception {
        ObjectNode body = Asking.plain(Asking.texts(1));
        body.putObject("response_format").put("type", "json_object");
        ObjectNode silent = body.deepCopy();
        ((ObjectNode) silent.path("messages").path(0)).put("content", "Classify.");

        assertThat(Asking.ask(server, body).statusCode()).isEqualTo(200);
        assertThat(Asking.ask(server, silent).body()).contains("must contain the word 'json'");
        restart(FakeLlm.builder().abilities(Abilities.ALL.withoutJsonObject()));
        assertThat(Asking.ask(server, body).statusCode()).isEqualTo(400);
    }

    @Test
    void aRequestThatIsTooLongIsRefused() throws Exception {
        restart(FakeLlm.builder().abilities(Abilities.ALL.withContextTokens(600)));
        ObjectNode body = Asking.keyed(Asking.texts(2));

        assertThat(Asking.ask(server, body.deepCopy().put("max_tokens", 100)).statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = Asking.ask(server, body.put("max_completion_tokens", 500));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Asking.json(refused).at("/error/code").asText()).isEqualTo("context_length_exceeded");
    }

    @Test
    void anAnswerEndsWhereTheMostTokensAreReached() throws Exception {
        HttpResponse<String> response =
                Asking.ask(server, Asking.keyed(Asking.texts(10)).put("max_tokens", 20));

        assertThat(Asking.json(response).at("/choices/0/finish_reason").asText())
                .isEqualTo("length");
        assertThat(Asking.json(response).at("/usage/completion_tokens").asInt()).isEqualTo(20);
        assertThat(Asking.content(response)).hasSize(80);
        assertThat(server.bill().of("text number 1").good()).isEqualTo(1);
        assertThat(server.bill().of("text number 10")).isEqualTo(new Bill.Account(1, 1, 0, 0));
    }

    @Test
    void thePromptsBeginningIsCachedInSteps() throws Exception {
        ObjectNode body = Asking.keyed(Asking.texts(2));
        ((ObjectNode) body.path("messages").path(0)).put("content", "c".repeat(5_000));
        ObjectNode other = body.deepCopy();
        ((ObjectNode) other.path("messages").path(1)).put("content", "another");
        String path = "/usage/prompt_tokens_details/cached_tokens";

        int first = Asking.json(Asking.ask(server, body)).at(path).asInt();
        int second = Asking.json(Asking.ask(server, other)).at(path).asInt();

        assertThat(first).isZero();
        assertThat(second)
                .isBetween(1_024, 1_400)
                .satisfies(tokens -> assertThat(tokens % 128).isZero());
        assertThat(server.stats().cachedTokens()).isEqualTo(second);
    }

    @Test
    void whatIsNoHttpOrNoJsonIsRefused() throws Exception {
        URI chat = URI.create(server.baseUrl() + "/chat/completions");

        assertThat(Asking.post(chat, "{", request -> {}).statusCode()).isEqualTo(400);
        assertThat(Asking.post(chat, "{}", request -> {}).statusCode()).isEqualTo(400);
        assertThat(Asking.post(URI.create(server.baseUrl() + "/embeddings"), "{}", request -> {})
                        .statusCode())
                .isEqualTo(404);
        try (Socket socket = Asking.connect(server)) {
            socket.getOutputStream().write("hello\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(Asking.readToEnd(socket)).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aRequestMayBeChunkedAndTooLargeOnesAreRefused() throws Exception {
        restart(FakeLlm.builder().abilities(Abilities.ALL.withBodyBytes(2_000)));
        String body = Asking.plain(Asking.texts(1)).toString();
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                + "Expect: 100-continue\r\n\r\n";
        String chunks = Integer.toHexString(10) + "\r\n" + body.substring(0, 10) + "\r\n"
                + Integer.toHexString(body.length() - 10) + "\r\n" + body.substring(10) + "\r\n0\r\n\r\n";
        try (Socket socket = Asking.connect(server)) {
            socket.getOutputStream().write((head + chunks).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes(25), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(Asking.readOne(socket)).startsWith("HTTP/1.1 200 OK");
        }
        assertThat(Asking.ask(server, Asking.plain(Asking.texts(100))).statusCode())
                .isEqualTo(413);
    }

    @Test
    void requestsMayFollowEachOtherOnOneConnection() throws Exception {
        try (Socket socket = Asking.connect(server)) {
            for (int i = 0; i < 3; i++) {
                Asking.send(socket, Asking.keyed(Asking.texts(1)));
                assertThat(Asking.readOne(socket)).startsWith("HTTP/1.1 200 OK");
            }
            Asking.send(socket, Asking.keyed(Asking.texts(1)));
            Asking.send(socket, Asking.keyed(Asking.texts(2)));
            assertThat(Asking.readOne(socket)).doesNotContain("r02");
            assertThat(Asking.readOne(socket)).contains("r02");
        }
        assertThat(server.stats().connections()).isEqualTo(1);
    }
}

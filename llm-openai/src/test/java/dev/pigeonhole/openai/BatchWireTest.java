package dev.pigeonhole.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.llm.BatchModel;
import dev.pigeonhole.llm.BatchState;
import dev.pigeonhole.llm.ChatFailedException;
import dev.pigeonhole.llm.ChatRefusedException;
import dev.pigeonhole.llm.ReplyFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the batch API is asked, to the byte, and what is made of all that it may say. */
class BatchWireTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().build();

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private OpenAiChatModel model;
    private BatchModel batches;

    @BeforeEach
    void open() {
        model = Calls.model(SERVER.baseUrl() + "/v1");
        batches = model.batches().orElseThrow();
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static void answerAll(int status, String body) {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private static List<LoggedRequest> sent() {
        return SERVER.findAll(anyRequestedFor(anyUrl()));
    }

    private static LoggedRequest last() {
        List<LoggedRequest> all = sent();
        assertThat(all).hasSize(1);
        SERVER.resetRequests();
        return all.get(0);
    }

    @Test
    void aLineHoldsTheBytesThatACallOfItsOwnWouldSend() throws IOException {
        answerAll(200, Calls.answer("\"a\""));
        for (ReplyFormat format : List.of(Calls.SCHEMA, Calls.OBJECT, Calls.TEXT)) {
            model.complete(Calls.request(format));
            byte[] line = batches.line("p-17", Calls.request(format));
            String head = "{\"custom_id\":\"p-17\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":";
            assertThat(new String(line, StandardCharsets.UTF_8))
                    .isEqualTo(head + last().getBodyAsString() + "}")
                    .doesNotContain("\n");
            assertThat(line).isEqualTo(batches.line("p-17", Calls.request(format)));
        }
    }

    @Test
    void aLineHoldsTheNameForTheCacheWhereTheServerKnowsIt() throws IOException {
        OpenAiSettings openAi =
                Calls.as(Endpoint.Flavor.OPENAI, "", Calls.settings(SERVER.baseUrl() + "/v1", "model", "gpt-5-nano"));
        try (OpenAiChatModel vendor = Calls.model(openAi)) {
            JsonNode body = JSON.readTree(vendor.batches().orElseThrow().line("1", Calls.request(Calls.TEXT)))
                    .path("body");
            assertThat(body).isEqualTo(JSON.readTree(Calls.resource("request-reasoning.json")));
            assertThat(body.path("prompt_cache_key").asText()).isEqualTo("pigeonhole-7f");
        }
    }

    @Test
    void whatAServerRefusedInACallIsLeftOutOfTheNextLines() {
        answerAll(400, "{\"error\":{\"message\":\"temperature is not supported\",\"param\":\"temperature\"}}");
        assertThat(Calls.refusal(model, Calls.request(Calls.TEXT)).kind()).isEqualTo(ChatRefusedException.Kind.ADAPTED);
        assertThat(new String(batches.line("1", Calls.request(Calls.TEXT)), StandardCharsets.UTF_8))
                .doesNotContain("temperature");
    }

    @Test
    void anIdThatTheServerWouldRefuseIsNotWritten() {
        assertThatThrownBy(() -> batches.line("", Calls.request(Calls.TEXT)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batches.line("x".repeat(65), Calls.request(Calls.TEXT)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLimitsAreThoseOfTheVendor() {
        assertThat(batches.mostRequests()).isEqualTo(50_000);
        assertThat(batches.mostBytes()).isEqualTo(200_000_000);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("b.jsonl"), content);
    }

    @Test
    void aFileIsUploadedAsItIs() throws IOException {
        answerAll(200, "{\"id\":\"file-abc123\",\"object\":\"file\",\"bytes\":5,\"purpose\":\"batch\"}");
        String content = "{\"custom_id\":\"ü\"}\n{\"custom_id\":\"--pigeonhole-batch\"}\n";
        assertThat(batches.upload(file(content))).isEqualTo("file-abc123");
        LoggedRequest request = last();
        assertThat(request.getMethod().getName()).isEqualTo("POST");
        assertThat(request.getUrl()).isEqualTo("/v1/files");
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + Calls.KEY);
        assertThat(request.getHeader("Content-Length")).isEqualTo(String.valueOf(request.getBody().length));
        assertThat(request.isMultipart()).isTrue();
        assertThat(request.getParts()).hasSize(2);
        assertThat(part(request, "purpose")).isEqualTo("batch");
        assertThat(part(request, "file")).isEqualTo(content);
    }

    private static String part(LoggedRequest request, String name) {
        return request.getParts().stream()
                .filter(part -> part.getName().equals(name))
                .map(Request.Part::getBody)
                .findFirst()
                .orElseThrow()
                .asString();
    }

    @Test
    void aFileThatIsNotThereIsNotUploaded() {
        Path none = folder.resolve("none.jsonl");
        assertThatThrownBy(() -> batches.upload(none))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(none.toString());
        assertThat(sent()).isEmpty();
    }

    @Test
    void aBatchIsMadeOfAFile() throws IOException {
        answerAll(200, "{\"id\":\"batch_9\",\"status\":\"validating\",\"expires_at\":1700000000}");
        BatchState made = batches.create("file-1", Map.of("job", "k3ö", "attempt", "2"));
        assertThat(made.id()).isEqualTo("batch_9");
        assertThat(made.status()).isEqualTo(BatchState.Status.UNDER_WAY);
        LoggedRequest request = last();
        assertThat(request.getUrl()).isEqualTo("/v1/batches");
        assertThat(request.getBodyAsString())
                .isEqualTo("{\"input_file_id\":\"file-1\",\"endpoint\":\"/v1/chat/completions\","
                        + "\"completion_window\":\"24h\",\"metadata\":{\"attempt\":\"2\",\"job\":\"k3ö\"}}");
    }

    @Test
    void metadataThatTheServerWouldRefuseIsNotSent() {
        for (Map<String, String> metadata :
                List.of(Map.of("job", "x".repeat(513)), Map.of("x".repeat(65), "job"), many(17))) {
            assertThatThrownBy(() -> batches.create("file-1", metadata)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(sent()).isEmpty();
        answerAll(200, "{\"id\":\"batch_9\",\"status\":\"validating\"}");
        assertThat(batches.create("file-1", many(16)).id()).isEqualTo("batch_9");
    }

    private static Map<String, String> many(int count) {
        Map<String, String> all = new java.util.HashMap<>();
        for (int i = 0; i < count; i++) {
            all.put("k" + i, "x".repeat(512));
        }
        return all;
    }

    static Stream<String[]> states() {
        return Tables.of("batch-states.txt", 3);
    }

    @ParameterizedTest
    @MethodSource("states")
    void allThatABatchMayBeIsRead(String body, String status, String details) {
        answerAll(200, body);
        BatchState state = batches.retrieve("batch_1");
        assertThat(state.status()).hasToString(status);
        StringBuilder seen = new StringBuilder(state.requests() + "/" + state.completed() + "/" + state.failed());
        state.outputFile().ifPresent(file -> seen.append(" out=").append(file));
        state.errorFile().ifPresent(file -> seen.append(" err=").append(file));
        state.errors().forEach(error -> seen.append(" error=").append(error));
        state.expires().ifPresent(at -> seen.append(" at=").append(at));
        assertThat(seen.toString().strip()).isEqualTo(details);
        assertThat(last().getUrl()).isEqualTo("/v1/batches/batch_1");
    }

    @Test
    void longListsOfErrorsAreCutShort() {
        answerAll(
                200,
                "{\"id\":\"b\",\"status\":\"failed\",\"errors\":{\"data\":["
                        + ("{\"message\":\"" + "long ".repeat(2000) + "\"},").repeat(300) + "{}]}}");
        List<String> errors = batches.retrieve("b").errors();
        assertThat(errors).hasSize(20).allMatch(error -> error.length() <= 201);
    }

    private static String page(boolean more, String... batches) {
        return "{\"object\":\"list\",\"data\":[" + String.join(",", batches) + "],\"has_more\":" + more + "}";
    }

    private static String batch(String id, String metadata) {
        return "{\"id\":\"" + id + "\",\"status\":\"completed\",\"metadata\":" + metadata + "}";
    }

    private static void page(String after, String body) {
        SERVER.stubFor(
                after.isEmpty()
                        ? get(urlPathEqualTo("/v1/batches"))
                                .willReturn(aResponse().withBody(body))
                        : get(urlPathEqualTo("/v1/batches"))
                                .withQueryParam("after", equalTo(after))
                                .willReturn(aResponse().withBody(body)));
    }

    @Test
    void theNewestBatchWithTheMetadataIsFoundOnAnyPage() {
        page("", page(true, batch("b9", "null"), batch("b8", "{\"job\":\"k3\",\"attempt\":\"1\"}")));
        page("b8", page(true, batch("b7", "{\"job\":\"k4\",\"attempt\":\"2\"}"), batch("b6", "{}")));
        page(
                "b6",
                page(
                        false,
                        batch("b5", "{\"job\":\"k3\",\"attempt\":\"2\",\"x\":\"y\"}"),
                        batch("b4", "{\"job\":\"k3\",\"attempt\":\"2\"}")));

        assertThat(batches.find(Map.of("job", "k3", "attempt", "2"))
                        .orElseThrow()
                        .id())
                .isEqualTo("b5");
        assertThat(sent().stream().map(LoggedRequest::getUrl).sorted())
                .containsExactly(
                        "/v1/batches?after=b6&limit=100", "/v1/batches?after=b8&limit=100", "/v1/batches?limit=100");
        assertThat(batches.find(Map.of("job", "k3")).orElseThrow().id()).isEqualTo("b8");
        assertThat(batches.find(Map.of("job", "k5"))).isEmpty();
    }

    @Test
    void noBatchesAreNone() {
        answerAll(200, "{\"object\":\"list\",\"data\":[],\"has_more\":true}");
        assertThat(batches.find(Map.of("job", "k3"))).isEmpty();
    }

    @Test
    void aListThatGoesInCirclesIsGivenUp() {
        answerAll(200, page(true, batch("b9", "{}"), batch("b8", "{}")));
        assertThatThrownBy(() -> batches.find(Map.of("job", "k3")))
                .isInstanceOf(ChatFailedException.class)
                .hasMessageContaining("does not end");
        assertThat(sent()).hasSize(2);
    }

    @Test
    void aBatchIsCancelled() {
        answerAll(200, "{\"id\":\"b1\",\"status\":\"cancelling\"}");
        assertThat(batches.cancel("b1").status()).isEqualTo(BatchState.Status.UNDER_WAY);
        LoggedRequest request = last();
        assertThat(request.getMethod().getName()).isEqualTo("POST");
        assertThat(request.getUrl()).isEqualTo("/v1/batches/b1/cancel");
        assertThat(request.getBody()).isEmpty();
    }

    @Test
    void aBatchThatIsOverStaysAsItIs() {
        SERVER.stubFor(post(urlEqualTo("/v1/batches/b1/cancel"))
                .willReturn(aResponse()
                        .withStatus(400)
                        .withBody("{\"error\":{\"message\":\"Cannot cancel a batch with status 'completed'.\"}}")));
        SERVER.stubFor(get(urlEqualTo("/v1/batches/b1"))
                .willReturn(aResponse().withBody("{\"id\":\"b1\",\"status\":\"completed\"}")));
        assertThat(batches.cancel("b1").status()).isEqualTo(BatchState.Status.COMPLETED);

        SERVER.stubFor(get(urlEqualTo("/v1/batches/b1"))
                .willReturn(aResponse().withBody("{\"id\":\"b1\",\"status\":\"in_progress\"}")));
        assertThatThrownBy(() -> batches.cancel("b1"))
                .isInstanceOf(ChatRefusedException.class)
                .hasMessageContaining("Cannot cancel");
    }

    @Test
    void answersAreReadLineByLine() {
        answerAll(200, Calls.resource("batch-lines.txt"));
        List<Object> lines = new ArrayList<>();
        batches.read("file-o", lines::add);
        assertThat(lines).hasSizeGreaterThan(10);
        LoggedRequest request = last();
        assertThat(request.getUrl()).isEqualTo("/v1/files/file-o/content");
    }

    @Test
    void aFileIsDeletedAndOneThatIsGoneIsNone() {
        answerAll(200, "{\"id\":\"file-o\",\"deleted\":true}");
        batches.delete("file-o");
        LoggedRequest request = last();
        assertThat(request.getMethod().getName()).isEqualTo("DELETE");
        assertThat(request.getUrl()).isEqualTo("/v1/files/file-o");
        answerAll(404, "{\"error\":{\"message\":\"No such File object\"}}");
        batches.delete("file-o");
    }

    @Test
    void idsStayOnePieceOfTheAddress() {
        answerAll(200, "{\"id\":\"b1\",\"status\":\"completed\"}");
        batches.retrieve("a/../b?c=d");
        assertThat(last().getUrl()).isEqualTo("/v1/batches/a%2F..%2Fb%3Fc=d");
    }

    @Test
    void azureHasNone() {
        OpenAiSettings azure = Calls.as(Endpoint.Flavor.AZURE, "", Calls.settings(SERVER.baseUrl()));
        try (OpenAiChatModel other = Calls.model(azure)) {
            assertThat(other.batches()).isEmpty();
        }
    }

    static Stream<String[]> refusals() {
        return Tables.of("batch-refusals.txt", 5);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatGoesWrongHasItsName(String call, int status, String kind, String part, String body) throws IOException {
        answerAll(status, body);
        Path file = file("{}\n");
        Throwable thrown = catchThrowable(() -> ask(call, file));
        assertThat(thrown).isInstanceOf(PigeonholeException.class).hasMessageContaining(part);
        assertThat(kind(thrown)).isEqualTo(kind);
        assertThat(sent()).as("sent once").hasSize(1);
    }

    private void ask(String call, Path file) {
        switch (call) {
            case "upload" -> batches.upload(file);
            case "create" -> batches.create("file-1", Map.of());
            case "find" -> batches.find(Map.of());
            case "retrieve" -> batches.retrieve("batch_1");
            case "cancel" -> batches.cancel("batch_1");
            case "read" -> batches.read("file-1", line -> {});
            case "delete" -> batches.delete("file-1");
            default -> throw new IllegalArgumentException(call);
        }
    }

    private static String kind(Throwable thrown) {
        return thrown instanceof ChatFailedException failed
                ? failed.kind().name()
                : ((ChatRefusedException) thrown).kind().name();
    }

    @Test
    void theTimeToWaitIsHandedOn() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(503)
                        .withHeader("Retry-After", "37")
                        .withBody("{}")));
        ChatFailedException failure = (ChatFailedException) catchThrowable(() -> batches.create("file-1", Map.of()));
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(37));
        assertThat(failure.kind().mayBeBilled()).isTrue();
    }
}

package dev.pigeonhole.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.pigeonhole.llm.ChatRequest;
import dev.pigeonhole.llm.ReplyFormat;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes over the wire, to the byte; and that the SDK's own models would send the same. */
class WireTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().build();

    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeEach
    void answerAll() {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withBody(Calls.answer("\"a\""))));
    }

    private static OpenAiSettings settings(String... options) {
        return Calls.settings(SERVER.baseUrl() + "/v1", options);
    }

    private static LoggedRequest sent(OpenAiSettings settings, ReplyFormat format) {
        try (OpenAiChatModel model = Calls.model(settings)) {
            model.complete(Calls.request(format));
        }
        return last();
    }

    private static LoggedRequest last() {
        List<LoggedRequest> all =
                SERVER.findAll(com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor(anyUrl()));
        assertThat(all).hasSize(1);
        SERVER.resetRequests();
        return all.get(0);
    }

    private static String golden(String name) {
        return Calls.resource(name).strip();
    }

    @Test
    void aSchemaIsSentAsItIs() {
        assertThat(sent(settings(), Calls.SCHEMA).getBodyAsString()).isEqualTo(golden("request-schema.json"));
    }

    @Test
    void otherFormatsAreSent() {
        assertThat(sent(settings(), Calls.OBJECT).getBodyAsString()).isEqualTo(golden("request-object.json"));
        assertThat(sent(settings(), Calls.TEXT).getBodyAsString()).isEqualTo(golden("request-text.json"));
    }

    @Test
    void theVendorsOwnServerGetsItsOwnParameters() {
        OpenAiSettings openAi = Calls.as(Endpoint.Flavor.OPENAI, "", settings("model", "gpt-4.1-nano"));
        assertThat(sent(openAi, Calls.TEXT).getBodyAsString()).isEqualTo(golden("request-openai.json"));
        OpenAiSettings reasoning = Calls.as(Endpoint.Flavor.OPENAI, "", settings("model", "gpt-5-nano"));
        assertThat(sent(reasoning, Calls.TEXT).getBodyAsString()).isEqualTo(golden("request-reasoning.json"));
    }

    @Test
    void optionsGoIntoTheRequest() {
        assertThat(sent(settings("temperature", "0.5", "reasoning", "high"), Calls.TEXT)
                        .getBodyAsString())
                .endsWith(",\"max_tokens\":400,\"temperature\":0.5,\"reasoning_effort\":\"high\"}");
        assertThat(sent(settings("reasoning", "low"), Calls.TEXT).getBodyAsString())
                .endsWith(",\"max_tokens\":400,\"reasoning_effort\":\"low\"}");
        assertThat(sent(settings("model", "openai/gpt-5", "reasoning", "default"), Calls.TEXT)
                        .getBodyAsString())
                .endsWith(",\"max_tokens\":400}");
        assertThat(sent(settings("model", "gpt-5.2"), Calls.TEXT).getBodyAsString())
                .endsWith(",\"reasoning_effort\":\"none\"}");
        assertThat(sent(settings("model", "o3-mini"), Calls.TEXT).getBodyAsString())
                .endsWith(",\"reasoning_effort\":\"low\"}");
        assertThat(sent(settings("model", "gpt-5-chat-latest"), Calls.TEXT).getBodyAsString())
                .endsWith(",\"max_tokens\":400,\"temperature\":0}");
    }

    @Test
    @SuppressWarnings("deprecation") // Other servers know only the older name.
    void theModelsOfTheSdkWriteTheSame() throws IOException {
        ChatRequest request = Calls.request(Calls.SCHEMA);
        assertSame(
                "request-schema.json",
                bySdk(params(request).maxTokens(400).temperature(0).responseFormat(schema())));
        assertSame(
                "request-object.json",
                bySdk(params(request)
                        .maxTokens(400)
                        .temperature(0)
                        .responseFormat(ResponseFormatJsonObject.builder().build())));
        assertSame(
                "request-reasoning.json",
                bySdk(params(request)
                        .model("gpt-5-nano")
                        .maxCompletionTokens(400)
                        .reasoningEffort(com.openai.models.ReasoningEffort.MINIMAL)
                        .promptCacheKey("pigeonhole-7f")));
    }

    private static void assertSame(String golden, JsonNode bySdk) throws IOException {
        JsonNode ours = JSON.readTree(golden(golden));
        assertThat(bySdk.equals(WireTest::compareNumbers, ours))
                .as("%s%n%s", ours, bySdk)
                .isTrue();
    }

    /** To the SDK, all numbers of a temperature have a point. */
    private static int compareNumbers(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber() ? Double.compare(a.asDouble(), b.asDouble()) : a.equals(b) ? 0 : 1;
    }

    private static ChatCompletionCreateParams.Builder params(ChatRequest request) {
        return ChatCompletionCreateParams.builder()
                .model("small-1")
                .addSystemMessage(request.system())
                .addUserMessage(request.user());
    }

    private static ResponseFormatJsonSchema schema() throws IOException {
        ResponseFormatJsonSchema.JsonSchema.Schema.Builder schema =
                ResponseFormatJsonSchema.JsonSchema.Schema.builder();
        JSON.readTree(((ReplyFormat.JsonSchema) Calls.SCHEMA).json())
                .properties()
                .forEach(entry ->
                        schema.putAdditionalProperty(entry.getKey(), JsonValue.fromJsonNode(entry.getValue())));
        return ResponseFormatJsonSchema.builder()
                .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                        .name("labels")
                        .strict(true)
                        .schema(schema.build())
                        .build())
                .build();
    }

    private static JsonNode bySdk(ChatCompletionCreateParams.Builder params) throws IOException {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .apiKey(Calls.KEY)
                .baseUrl(SERVER.baseUrl() + "/v1")
                .build();
        client.chat().completions().create(params.build());
        client.close();
        return JSON.readTree(last().getBody());
    }

    @Test
    void azureIsAskedWithItsOwnHeaderAndAddress() {
        OpenAiSettings settings = Calls.settings(SERVER.baseUrl(), "model", "my-deployment");
        LoggedRequest newer = sent(Calls.as(Endpoint.Flavor.AZURE, "", settings), Calls.TEXT);
        assertThat(newer.getUrl()).isEqualTo("/openai/v1/chat/completions");
        assertThat(newer.getHeader("api-key")).isEqualTo(Calls.KEY);
        assertThat(newer.containsHeader("Authorization")).isFalse();
        assertThat(newer.getBodyAsString()).isEqualTo(golden("request-azure.json"));
        LoggedRequest versioned = sent(Calls.as(Endpoint.Flavor.AZURE, "2024-10-21", settings), Calls.TEXT);
        assertThat(versioned.getUrl())
                .isEqualTo("/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21");
    }

    @Test
    void theSdkAsksAzureAtTheSameAddress() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .credential(AzureApiKeyCredential.create(Calls.KEY))
                .azureServiceVersion(AzureOpenAIServiceVersion.fromString("2024-10-21"))
                .azureUrlPathMode(AzureUrlPathMode.LEGACY)
                .baseUrl(SERVER.baseUrl())
                .build();
        client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("my-deployment")
                        .addUserMessage("u")
                        .build());
        client.close();
        LoggedRequest request = last();
        assertThat(request.getUrl())
                .isEqualTo("/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21");
        assertThat(request.getHeader("api-key")).isEqualTo(Calls.KEY);
    }

    @Test
    void theFingerprintNamesWhatCanChangeAnAnswerAndNoSecret() {
        try (OpenAiChatModel model = Calls.model(settings("temperature", "0.5", "reasoning", "low"))) {
            assertThat(model.name()).isEqualTo("small-1");
            assertThat(model.fingerprint())
                    .isEqualTo(Map.of(
                            "model", "small-1",
                            "server", SERVER.baseUrl() + "/v1",
                            "temperature", "0.5",
                            "reasoning", "low"));
        }
    }
}

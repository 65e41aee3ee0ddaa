package dev.pigeonhole.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.pigeonhole.llm.ChatRefusedException;
import dev.pigeonhole.llm.ChatRefusedException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that refuses a parameter is not sent it again; each such lesson costs one refused call. */
class AdaptationTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().build();

    private static OpenAiChatModel model(Endpoint.Flavor flavor, String... options) {
        return Calls.model(
                Calls.as(flavor, "", Calls.settings("http://127.0.0.1:" + SERVER.getPort() + "/v1", options)));
    }

    private static void refuses(int status, String body) {
        SERVER.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private static void refuses(String code, String param, String message) {
        refuses(
                400,
                "{\"error\":{\"message\":\"" + message + "\",\"type\":\"invalid_request_error\",\"param\":"
                        + (param.isEmpty() ? "null" : "\"" + param + "\"") + ",\"code\":"
                        + (code.isEmpty() ? "null" : "\"" + code + "\"") + "}}");
    }

    private static Kind kind(OpenAiChatModel model) {
        return Calls.refusal(model, Calls.request(Calls.TEXT)).kind();
    }

    /** The body that the model sends now. */
    private static String next(OpenAiChatModel model) {
        SERVER.resetRequests();
        SERVER.stubFor(post(anyUrl()).willReturn(aResponse().withBody(Calls.answer("\"a\""))));
        model.complete(Calls.request(Calls.TEXT));
        return SERVER.findAll(postRequestedFor(anyUrl())).get(0).getBodyAsString();
    }

    @Test
    void theOtherNameForTheMostTokensIsTriedOnce() {
        try (OpenAiChatModel model = model(Endpoint.Flavor.OTHER)) {
            refuses(
                    "unsupported_parameter",
                    "max_tokens",
                    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.");
            ChatRefusedException refusal = Calls.refusal(model, Calls.request(Calls.TEXT));
            assertThat(refusal.kind()).isEqualTo(Kind.ADAPTED);
            assertThat(refusal).hasMessageContaining("max_tokens").hasMessageContaining("unsupported_parameter");
            SERVER.verify(1, postRequestedFor(anyUrl()));
            assertThat(next(model)).contains("\"max_completion_tokens\":400").doesNotContain("\"max_tokens\"");
            refuses("", "", "Unrecognized request argument supplied: max_completion_tokens");
            assertThat(kind(model)).isEqualTo(Kind.BAD_REQUEST);
            assertThat(next(model)).contains("\"max_completion_tokens\":400");
        }
    }

    @Test
    void theParameterIsFoundInTheMessageIfItIsNotNamedBesides() {
        try (OpenAiChatModel model = model(Endpoint.Flavor.OPENAI)) {
            refuses("", "", "Unrecognized request argument supplied: max_completion_tokens");
            assertThat(kind(model)).isEqualTo(Kind.ADAPTED);
            assertThat(next(model)).contains("\"max_tokens\":400");
            refuses(
                    422,
                    "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"prompt_cache_key\"],"
                            + "\"msg\":\"Extra inputs are not permitted\"}]}");
            assertThat(kind(model)).isEqualTo(Kind.ADAPTED);
            assertThat(next(model)).doesNotContain("prompt_cache_key");
        }
    }

    @Test
    void aTemperatureThatIsNotSupportedIsLeftOut() {
        try (OpenAiChatModel model = model(Endpoint.Flavor.AZURE)) {
            refuses(
                    "unsupported_value",
                    "temperature",
                    "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.");
            assertThat(kind(model)).isEqualTo(Kind.ADAPTED);
            assertThat(next(model)).doesNotContain("temperature");
        }
    }

    @Test
    void theLeastReasoningThatTheServerNamesIsTakenAndThenNone() {
        String unsupported = "Unsupported value: 'reasoning_effort' does not support '%s' with this model."
                + " Supported values are: 'low', 'medium', and 'high'.";
        try (OpenAiChatModel model = model(Endpoint.Flavor.OPENAI, "model", "gpt-5-codex")) {
            refuses("unsupported_value", "reasoning_effort", unsupported.formatted("minimal"));
            assertThat(kind(model)).isEqualTo(Kind.ADAPTED);
            assertThat(next(model)).contains("\"reasoning_effort\":\"low\"");
            refuses("unsupported_parameter", "reasoning_effort", "Unsupported parameter: 'reasoning_effort'");
            assertThat(kind(model)).isEqualTo(Kind.ADAPTED);
            assertThat(next(model)).doesNotContain("reasoning_effort");
        }
    }

    @Test
    void whatTheUserNamedIsNotLeftOutInSilence() {
        try (OpenAiChatModel model = model(Endpoint.Flavor.OPENAI, "temperature", "0.7", "reasoning", "high")) {
            refuses("unsupported_value", "temperature", "Unsupported value: 'temperature' does not support 0.7");
            assertThat(kind(model)).isEqualTo(Kind.BAD_REQUEST);
            refuses("unsupported_parameter", "reasoning_effort", "Unsupported parameter: 'reasoning_effort'");
            assertThat(kind(model)).isEqualTo(Kind.BAD_REQUEST);
            assertThat(next(model)).contains("\"temperature\":0.7,\"reasoning_effort\":\"high\"");
        }
    }

    @Test
    void aServerThatRefusesEverythingIsAskedOnlyAFewTimes() {
        try (OpenAiChatModel model = model(Endpoint.Flavor.OPENAI, "model", "gpt-5-nano")) {
            refuses(
                    "",
                    "",
                    "not supported: temperature, max_tokens, max_completion_tokens, reasoning_effort 'none' 'minimal'"
                            + " 'low' 'medium' 'high' 'xhigh', prompt_cache_key");
            int calls = 0;
            while (kind(model) == Kind.ADAPTED) {
                calls++;
            }
            assertThat(calls).isLessThan(10);
        }
    }

    /** The server answers when all have come: each has been sent before the first lesson. */
    @Test
    void callsThatWereUnderWayLearnFromOneAnother() throws Exception {
        int calls = 8;
        CountDownLatch all = new CountDownLatch(calls);
        String refusal = RawServer.ok("{\"error\":{\"message\":\"'temperature' does not support 0\"}}")
                .replace("200 OK", "400 Bad Request");
        ExecutorService threads = Executors.newFixedThreadPool(calls);
        try (RawServer server = new RawServer((connection, out) -> {
                    all.countDown();
                    all.await();
                    RawServer.write(out, refusal);
                });
                OpenAiChatModel model = Calls.model(server.url())) {
            List<Future<Kind>> kinds = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                kinds.add(threads.submit(() -> kind(model)));
            }
            for (Future<Kind> kind : kinds) {
                assertThat(kind.get()).isEqualTo(Kind.ADAPTED);
            }
            assertThat(kind(model)).isEqualTo(Kind.BAD_REQUEST);
        } finally {
            threads.shutdownNow();
        }
    }
}

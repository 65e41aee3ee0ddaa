package dev.pigeonhole.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.ChatFailedException;
import dev.pigeonhole.llm.ChatRefusedException;
import dev.pigeonhole.llm.ChatReply;
import dev.pigeonhole.llm.ChatReply.Finish;
import dev.pigeonhole.llm.ReplyFormat;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One exchange for each thing that a server may say: one request, and the right word for what came of it. */
class ErrorsTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().dynamicHttpsPort())
            .build();

    private OpenAiChatModel model;

    @BeforeEach
    void open() {
        model = Calls.model(plain() + "/v1");
    }

    @AfterEach
    void close() {
        model.close();
    }

    /** The address without TLS. */
    private static String plain() {
        return "http://127.0.0.1:" + SERVER.getPort();
    }

    private static void answer(ResponseDefinitionBuilder response) {
        SERVER.stubFor(post(urlEqualTo("/v1/chat/completions")).willReturn(response));
    }

    private static void verifyOneRequest() {
        SERVER.verify(1, postRequestedFor(anyUrl()));
    }

    record Case(int status, ReplyFormat format, String kind, String part, String body) {
        static Case of(String line) {
            String[] cells = line.split(" \\| ", 5);
            ReplyFormat format = switch (cells[1]) {
                case "schema" -> Calls.SCHEMA;
                case "object" -> Calls.OBJECT;
                default -> Calls.TEXT;
            };
            return new Case(Integer.parseInt(cells[0]), format, cells[2], cells[3], cells[4]);
        }
    }

    static Stream<Case> cases() {
        return lines("errors.txt").map(Case::of);
    }

    private static Stream<String> lines(String table) {
        return Calls.resource(table).lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void errorsAreUnderstood(Case one) {
        answer(aResponse().withStatus(one.status()).withBody(one.body().equals("(empty)") ? "" : one.body()));
        Throwable failure = catchThrowable(() -> model.complete(Calls.request(one.format())));
        String kind = failure instanceof ChatRefusedException refused
                ? refused.kind().name()
                : ((ChatFailedException) failure).kind().name();
        assertThat(kind).isEqualTo(one.kind());
        assertThat(failure.getMessage()).contains(one.part()).contains(String.valueOf(one.status()));
        verifyOneRequest();
    }

    @Test
    void aRateLimitTellsHowLongToWaitAndWhatIsLeft() {
        answer(aResponse()
                .withStatus(429)
                .withHeader("retry-after-ms", "1500")
                .withHeader("x-ratelimit-limit-requests", "500")
                .withHeader("x-ratelimit-remaining-requests", "0"));
        ChatFailedException failure = Calls.failure(model, Calls.request(Calls.TEXT));
        assertThat(failure.retryAfter()).contains(Duration.ofMillis(1500));
        assertThat(failure.limits().requests().limit()).isEqualTo(OptionalLong.of(500));
        assertThat(failure.limits().requests().remaining()).isEqualTo(OptionalLong.of(0));
        assertThat(failure.kind().mayBeBilled()).isFalse();
    }

    /** The words alone would tell of an empty account. */
    @ParameterizedTest
    @ValueSource(strings = {"retry-after", "retry-after-ms"})
    void whoSaysWhenToComeBackHasNotRunOutOfMoney(String header) {
        String body = "{\"error\":{\"message\":\"You exceeded your current quota, please check your plan\"}}";
        answer(aResponse().withStatus(429).withHeader(header, "20").withBody(body));
        assertThat(Calls.failure(model, Calls.request(Calls.TEXT)).kind())
                .isEqualTo(ChatFailedException.Kind.RATE_LIMIT);
    }

    @Test
    void aCodeThatTellsOfAnEmptyAccountCountsForMoreThanTheWait() {
        String body = "{\"error\":{\"message\":\"no\",\"code\":\"insufficient_quota\"}}";
        answer(aResponse().withStatus(429).withHeader("retry-after", "20").withBody(body));
        assertThat(Calls.refusal(model, Calls.request(Calls.TEXT)).kind()).isEqualTo(ChatRefusedException.Kind.QUOTA);
    }

    /** Whoever stood between may have given up on a server that went on working. */
    @ParameterizedTest
    @ValueSource(ints = {408, 499, 504, 522, 524})
    void aTimeoutThatTheServerTellsOfMayBeBilled(int status) {
        answer(aResponse().withStatus(status).withHeader("retry-after", "7"));
        ChatFailedException failure = Calls.failure(model, Calls.request(Calls.SCHEMA));
        assertThat(failure.kind()).isEqualTo(ChatFailedException.Kind.TIMEOUT);
        assertThat(failure.kind().mayBeBilled()).isTrue();
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void aServerErrorTellsHowLongToWait() {
        answer(aResponse().withStatus(503).withHeader("retry-after", "7"));
        assertThat(Calls.failure(model, Calls.request(Calls.TEXT)).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void anAnswerIsReadWithItsUsageAndLimits() {
        answer(aResponse()
                .withHeader("x-request-id", "req_123")
                .withHeader("x-ratelimit-remaining-requests", "499")
                .withBody(Calls.answer("\"{\\\"r01\\\":\\\"Über\\\"}\"")));
        ChatReply reply = model.complete(Calls.request(Calls.SCHEMA));
        assertThat(reply.text()).isEqualTo("{\"r01\":\"Über\"}");
        assertThat(reply.finish()).isEqualTo(Finish.STOP);
        assertThat(reply.usage()).isEqualTo(new TokenUsage(90, 64, 3, 7));
        assertThat(reply.requestId()).isEqualTo("req_123");
        assertThat(reply.limits().requests().remaining()).isEqualTo(OptionalLong.of(499));
        verifyOneRequest();
    }

    @ParameterizedTest
    @MethodSource("finishes")
    void reasonsToEndAreUnderstood(String line) {
        String[] cells = line.split(" \\| ", 2);
        String reason = cells[0].equals("(absent)") ? "" : "\"finish_reason\":" + cells[0] + ",";
        assertThat(finish(reason, "\"a\"", "null")).isEqualTo(Finish.valueOf(cells[1]));
        assertThat(finish(reason, "null", "null")).isEqualTo(Finish.valueOf(cells[1]));
    }

    static Stream<String> finishes() {
        return lines("finishes.txt");
    }

    /** A model that refuses ends as if all were well. */
    @Test
    void aRefusalCountsForMoreThanTheReasonToEnd() {
        assertThat(finish("\"finish_reason\":\"stop\",", "null", "\"I cannot\""))
                .isEqualTo(Finish.REFUSAL);
    }

    private Finish finish(String reason, String content, String refusal) {
        answer(aResponse()
                .withBody("{\"choices\":[{" + reason + "\"message\":{\"content\":" + content + ",\"refusal\":" + refusal
                        + "}}]}"));
        return model.complete(Calls.request(Calls.TEXT)).finish();
    }

    @Test
    void whatIsMissingInAnAnswerIsLeftEmpty() {
        answer(
                aResponse()
                        .withBody(
                                "{\"id\":\"c-1\",\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                                        + "{\"type\":\"image\"},{\"type\":\"text\",\"text\":\"b\"}]}}],\"usage\":{\"prompt_tokens\":-4,\"completion_tokens\":\"x\"}}"));
        ChatReply reply = model.complete(Calls.request(Calls.TEXT));
        assertThat(reply.text()).isEqualTo("ab");
        assertThat(reply.usage()).isEqualTo(TokenUsage.NONE);
        assertThat(reply.requestId()).isEqualTo("c-1");
    }

    @Test
    void anErrorWithTheStatusOfSuccessIsABrokenAnswer() {
        answer(aResponse().withBody("{\"error\":{\"message\":\"Provider returned error\",\"code\":502}}"));
        ChatFailedException failure = Calls.failure(model, Calls.request(Calls.TEXT));
        assertThat(failure.kind()).isEqualTo(ChatFailedException.Kind.BROKEN_ANSWER);
        assertThat(failure).hasMessageContaining("Provider returned error");
    }

    @Test
    void aCertificateThatIsNotTrustedIsNamed() {
        try (OpenAiChatModel secure = Calls.model("https://127.0.0.1:" + SERVER.getHttpsPort() + "/v1")) {
            ChatFailedException failure = Calls.failure(secure, Calls.request(Calls.TEXT));
            assertThat(failure.kind()).isEqualTo(ChatFailedException.Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining("certificate");
            SERVER.verify(0, postRequestedFor(anyUrl()));
        }
    }

    @Test
    void aBaseUrlWithoutItsPathIsHintedAt() {
        SERVER.stubFor(
                post(urlEqualTo("/chat/completions")).willReturn(aResponse().withStatus(404)));
        try (OpenAiChatModel bare = Calls.model(plain())) {
            assertThat(Calls.refusal(bare, Calls.request(Calls.TEXT))).hasMessageContaining("mostly end in /v1");
        }
    }
}

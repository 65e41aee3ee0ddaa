package dev.pigeonhole.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.ChatReply;
import dev.pigeonhole.llm.ChatReply.Finish;
import dev.pigeonhole.llm.ChatRequest;
import dev.pigeonhole.llm.pace.RateLimitHeaders;
import dev.pigeonhole.llm.pace.RateLimits;
import java.util.Locale;
import java.util.Optional;

/** Reads the body of an answer that succeeded. Thread-safe. */
final class ReplyJson {
    private static final int LONGEST_ID = 100;

    private final OpenAiErrors errors;

    ReplyJson(OpenAiErrors errors) {
        this.errors = errors;
    }

    /** @throws dev.pigeonhole.llm.ChatFailedException it is no answer */
    ChatReply read(HttpAnswer answer, ChatRequest request) {
        JsonNode body = answer.json()
                .orElseThrow(() -> errors.broken("the answer is "
                        + (answer.isPage() ? "a web page; is the base URL right?" : "no JSON, or was cut off")));
        String header = answer.header("x-request-id");
        return reply(body, header, RateLimitHeaders.parse(answer.headers()))
                .orElseThrow(() -> errors.broken(noChoice(answer, body, request)));
    }

    /**
     * What a chat completion says.
     *
     * @param requestId as the server gave it beside; empty if it did not
     * @return empty if it holds no choice
     */
    static Optional<ChatReply> reply(JsonNode body, String requestId, RateLimits limits) {
        JsonNode choice = body.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            return Optional.empty();
        }
        String refusal = message.path("refusal").asText("");
        return Optional.of(new ChatReply(
                refusal.isEmpty() ? content(message.path("content")) : refusal,
                refusal.isEmpty() ? finish(choice.path("finish_reason").asText("")) : Finish.REFUSAL,
                usage(body.path("usage")),
                requestId(requestId, body),
                limits));
    }

    /** An empty answer in place of one that holds no choice but was billed; empty if it was not, as far as it tells. */
    static Optional<ChatReply> billed(JsonNode body, String requestId) {
        TokenUsage usage = usage(body.path("usage"));
        return usage.equals(TokenUsage.NONE)
                ? Optional.empty()
                : Optional.of(new ChatReply("", Finish.OTHER, usage, requestId(requestId, body), RateLimits.UNKNOWN));
    }

    /** Gateways may say an error with a status that tells of success. */
    private String noChoice(HttpAnswer answer, JsonNode body, ChatRequest request) {
        return body.path("error").isMissingNode()
                ? "the answer holds no choice"
                : "the answer is an error: " + errors.describe(answer, ServerError.of(body), request);
    }

    /** A text, or a list of parts of which some are texts. */
    private static String content(JsonNode content) {
        if (!content.isArray()) {
            return content.isTextual() ? content.asText() : "";
        }
        StringBuilder all = new StringBuilder();
        content.forEach(part -> all.append(part.path("text").asText("")));
        return all.toString();
    }

    /** Gateways pass on the words of the models' makers. */
    private static Finish finish(String reason) {
        return switch (reason.toLowerCase(Locale.ROOT)) {
            case "stop", "end_turn", "eos", "complete" -> Finish.STOP;
            case "length", "max_tokens", "model_length", "token_limit" -> Finish.LENGTH;
            case "content_filter" -> Finish.CONTENT_FILTER;
            default -> Finish.OTHER;
        };
    }

    private static TokenUsage usage(JsonNode usage) {
        JsonNode details = usage.path("prompt_tokens_details");
        return new TokenUsage(
                tokens(usage.path("prompt_tokens")),
                tokens(details.path("cached_tokens")),
                tokens(details.path("cache_write_tokens")),
                tokens(usage.path("completion_tokens")));
    }

    private static long tokens(JsonNode count) {
        return Math.max(0, count.asLong(0));
    }

    private static String requestId(String beside, JsonNode body) {
        String id = beside.isEmpty() ? body.path("id").asText("") : beside;
        return id.length() <= LONGEST_ID && id.chars().allMatch(c -> c > ' ' && c < 0x7f) ? id : "";
    }
}

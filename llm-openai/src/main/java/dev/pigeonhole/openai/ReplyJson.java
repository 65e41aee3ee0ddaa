package dev.pigeonhole.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.ChatReply;
import dev.pigeonhole.llm.ChatReply.Finish;
import dev.pigeonhole.llm.ChatRequest;
import dev.pigeonhole.llm.pace.RateLimitHeaders;
import java.util.Locale;

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
        JsonNode choice = body.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw errors.broken(noChoice(answer, body, request));
        }
        String refusal = message.path("refusal").asText("");
        return new ChatReply(
                refusal.isEmpty() ? content(message.path("content")) : refusal,
                refusal.isEmpty() ? finish(choice.path("finish_reason").asText("")) : Finish.REFUSAL,
                usage(body.path("usage")),
                requestId(answer, body),
                RateLimitHeaders.parse(answer.headers()));
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

    private static String requestId(HttpAnswer answer, JsonNode body) {
        String header = answer.header("x-request-id");
        String id = header.isEmpty() ? body.path("id").asText("") : header;
        return id.length() <= LONGEST_ID && id.chars().allMatch(c -> c > ' ' && c < 0x7f) ? id : "";
    }
}

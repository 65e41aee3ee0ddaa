package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts answers and refusals into the words of the wire. Thread-safe. */
final class Replies {
    private static final String JSON = "application/json";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String BAD_REQUEST = "invalid_request_error";

    private final ObjectMapper json;
    private final Clock clock;

    Replies(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    Reply json(int status, JsonNode body) {
        try {
            return Reply.of(status, JSON, json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    /** Any refusal: an error with message, type, parameter and code. */
    Reply error(int status, String message, String type, @Nullable String param, @Nullable String code) {
        ObjectNode body = json.createObjectNode();
        body.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return json(status, body);
    }

    Reply badRequest(String message, @Nullable String param, @Nullable String code) {
        return error(400, message, BAD_REQUEST, param, code);
    }

    Reply unauthorized() {
        return error(
                401,
                "Incorrect API key provided. You can find your key in your account.",
                BAD_REQUEST,
                null,
                "invalid_api_key");
    }

    Reply unknownModel(String model) {
        return error(
                404,
                "The model `" + model + "` does not exist or you do not have access to it.",
                BAD_REQUEST,
                null,
                "model_not_found");
    }

    private Reply html(int status, String title) {
        String page = "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head><body><center><h1>" + title
                + "</h1></center><hr><center>nginx</center></body></html>\n";
        return Reply.of(status, HTML, page.getBytes(StandardCharsets.UTF_8));
    }

    /** Refused by the limits. */
    Reply limited(Admission admission, String model) {
        boolean requests = admission.met() == Admission.Limit.REQUESTS;
        String what = requests ? "requests per min (RPM)" : "tokens per min (TPM)";
        long limit = requests ? admission.limits().rpm() : admission.limits().tpm();
        String message = admission.never()
                ? "Request too large for " + model + " on " + what + ": Limit " + limit + ", Requested "
                        + admission.needed() + "."
                : "Rate limit reached for " + model + " on " + what + ": Limit " + limit + ", Requested "
                        + admission.needed() + ". Please try again in " + TimeText.header(admission.untilAdmitted())
                        + ".";
        return error(429, message, requests ? "requests" : "tokens", null, "rate_limit_exceeded")
                .with(retryAfter(admission.untilAdmitted(), admission.limits().retryAfter()));
    }

    private Map<String, String> retryAfter(Duration wait, Limits.RetryAfter form) {
        Map<String, String> headers = new LinkedHashMap<>();
        long millis = (wait.toNanos() + 999_999) / 1_000_000;
        long seconds = (millis + 999) / 1_000;
        switch (form) {
            case SECONDS -> headers.put("retry-after", String.valueOf(seconds));
            case MILLIS -> headers.put("retry-after-ms", String.valueOf(millis));
            case BOTH -> {
                headers.put("retry-after-ms", String.valueOf(millis));
                headers.put("retry-after", String.valueOf(seconds));
            }
            case DATE -> headers.put("retry-after", date(seconds));
            case ABSURD -> headers.put("retry-after", "86400");
            case NONE -> {}
        }
        return headers;
    }

    private String date(long secondsFromNow) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                .format(ZonedDateTime.now(clock.withZone(ZoneOffset.UTC)).plusSeconds(secondsFromNow + 1));
    }

    /** What a refusing fault says. */
    Reply refused(FaultRule rule, String model, String elsewhere) {
        Reply reply = switch (rule.fault()) {
            case UNAUTHORIZED_401 -> unauthorized();
            case FORBIDDEN_403 ->
                error(
                        403,
                        "You are not allowed to do this.",
                        BAD_REQUEST,
                        null,
                        "unsupported_country_region_territory");
            case NOT_FOUND_404 -> unknownModel(model);
            case TIMEOUT_408 -> error(408, "Request timed out.", "timeout", null, null);
            case CONFLICT_409 -> error(409, "Conflict.", "conflict", null, null);
            case TOO_LARGE_413 -> html(413, "413 Request Entity Too Large");
            case RATE_LIMIT_429 ->
                error(
                        429,
                        "Rate limit reached for " + model + ". Please try again later.",
                        "requests",
                        null,
                        "rate_limit_exceeded");
            case QUOTA_429 ->
                error(
                        429,
                        "You exceeded your current quota, please check your plan and billing details.",
                        "insufficient_quota",
                        null,
                        "insufficient_quota");
            case CONTENT_FILTER_400 -> filtered();
            case BAD_GATEWAY_502 -> html(502, "502 Bad Gateway");
            case UNAVAILABLE_503 ->
                error(503, "The server is currently unavailable. Please try again later.", "server_error", null, null);
            case OVERLOADED_529 -> error(529, "Overloaded.", "overloaded_error", null, null);
            case REDIRECT_307 -> html(307, "307 Temporary Redirect").with("location", elsewhere);
            case HTML_200 -> html(200, "Please log in");
            default ->
                error(
                        500,
                        "The server had an error while processing your request. Sorry about that!",
                        "server_error",
                        null,
                        null);
        };
        Duration pause = rule.pause();
        return pause == null ? reply : reply.with(retryAfter(pause, Limits.RetryAfter.BOTH));
    }

    private Reply filtered() {
        ObjectNode body = json.createObjectNode();
        ObjectNode error = body.putObject("error")
                .put("message", "The response was filtered due to the prompt triggering the content management policy.")
                .putNull("type")
                .put("param", "prompt")
                .put("code", "content_filter")
                .put("status", 400);
        ObjectNode inner = error.putObject("innererror").put("code", "ResponsibleAIPolicyViolation");
        inner.putObject("content_filter_result")
                .putObject("jailbreak")
                .put("filtered", true)
                .put("detected", true);
        return json(400, body);
    }

    /** What an answer cost. */
    record Usage(int prompt, int cached, int answer) {}

    /** A whole answer. */
    Reply completion(String id, String model, Draft draft, Usage usage) {
        return json(200, completionBody(id, model, draft, usage));
    }

    /** What is in a whole answer. */
    ObjectNode completionBody(String id, String model, Draft draft, Usage usage) {
        ObjectNode body = json.createObjectNode();
        body.put("id", "chatcmpl-" + id)
                .put("object", "chat.completion")
                .put("created", clock.millis() / 1_000)
                .put("model", model);
        ArrayNode choices = body.putArray("choices");
        if (draft.choices()) {
            ObjectNode choice = choices.addObject().put("index", 0);
            ObjectNode message = choice.putObject("message").put("role", "assistant");
            message.put("content", draft.content())
                    .put("refusal", draft.refusal())
                    .putArray("annotations");
            choice.putNull("logprobs").put("finish_reason", draft.finish());
        }
        if (draft.usage()) {
            usage(body.putObject("usage"), usage);
        }
        body.put("service_tier", "default").put("system_fingerprint", "fp_fake");
        return body;
    }

    private static void usage(ObjectNode body, Usage usage) {
        body.put("prompt_tokens", usage.prompt())
                .put("completion_tokens", usage.answer())
                .put("total_tokens", usage.prompt() + usage.answer());
        body.putObject("prompt_tokens_details")
                .put("cached_tokens", usage.cached())
                .put("audio_tokens", 0);
        body.putObject("completion_tokens_details")
                .put("reasoning_tokens", 0)
                .put("audio_tokens", 0)
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
    }
}

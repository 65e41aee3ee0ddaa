package dev.pigeonhole.openai;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pigeonhole.llm.ChatFailedException;
import dev.pigeonhole.llm.ChatModel;
import dev.pigeonhole.llm.ChatRefusedException;
import dev.pigeonhole.llm.ChatRequest;
import dev.pigeonhole.llm.ReplyFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import okhttp3.HttpUrl;

/** What the tests ask with, and how. */
final class Calls {
    static final String KEY = "sk-canary-Zq7Xw2Lm9Vb4Nt1K";
    static final String ROW_TEXT = "My parcel number Qx-774-Wombat never arrived";
    static final ReplyFormat TEXT = new ReplyFormat.Text();
    static final ReplyFormat OBJECT = new ReplyFormat.JsonObject();
    static final ReplyFormat SCHEMA = new ReplyFormat.JsonSchema(
            "labels",
            "{\"type\":\"object\",\"properties\":{\"r02\":{\"type\":\"string\",\"enum\":[\"Billing\",\"Über\"]},"
                    + "\"r01\":{\"type\":\"string\",\"enum\":[\"Billing\",\"Über\"]}},"
                    + "\"required\":[\"r02\",\"r01\"],\"additionalProperties\":false}");
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T00:00:00Z"), ZoneOffset.UTC);

    private Calls() {}

    static ChatRequest request(ReplyFormat format) {
        return new ChatRequest(
                "You sort messages.\nCategories: Billing, Über",
                "{\"r01\":\"" + ROW_TEXT + "\"}",
                format,
                400,
                Duration.ofSeconds(20),
                "pigeonhole-7f");
    }

    static ChatRequest within(Duration deadline) {
        return new ChatRequest("system", "user", TEXT, 10, deadline, "");
    }

    static OpenAiSettings settings(String baseUrl, String... options) {
        Map<String, String> all = new java.util.HashMap<>(Map.of("model", "small-1", "base-url", baseUrl));
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return OpenAiSettings.of(all, Map.of());
    }

    /** As if the server were one of this flavor; the real ones are not to be had in tests. */
    static OpenAiSettings as(Endpoint.Flavor flavor, String apiVersion, OpenAiSettings settings) {
        HttpUrl url = HttpUrl.get(settings.endpoint().baseUrl());
        return new OpenAiSettings(
                settings.model(),
                Endpoint.of(flavor, url, apiVersion, settings.model()),
                settings.temperature(),
                settings.effort(),
                settings.organization(),
                settings.project(),
                settings.proxy(),
                settings.keyFile());
    }

    static OpenAiChatModel model(OpenAiSettings settings) {
        return new OpenAiChatModel(settings, ApiKey.of(KEY, "the test"), CLOCK);
    }

    static OpenAiChatModel model(String baseUrl) {
        return model(settings(baseUrl));
    }

    static ChatFailedException failure(ChatModel model, ChatRequest request) {
        return catchThrowableOfType(ChatFailedException.class, () -> model.complete(request));
    }

    static ChatRefusedException refusal(ChatModel model, ChatRequest request) {
        return catchThrowableOfType(ChatRefusedException.class, () -> model.complete(request));
    }

    static String answer(String content) {
        return """
                {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"small-1-2026","choices":[{"index":0,
                "message":{"role":"assistant","content":%s,"refusal":null},"logprobs":null,"finish_reason":"stop"}],
                "usage":{"prompt_tokens":90,"completion_tokens":7,"total_tokens":97,
                "prompt_tokens_details":{"cached_tokens":64,"cache_write_tokens":3}}}""".formatted(content);
    }

    static String resource(String name) {
        try (InputStream in = Calls.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

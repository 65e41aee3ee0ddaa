package dev.pigeonhole.examples;

import dev.pigeonhole.core.Taxonomy;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.CategorizerProvider;
import dev.pigeonhole.core.ledger.TokenUsage;
import dev.pigeonhole.llm.ChatFailedException;
import dev.pigeonhole.llm.ChatModel;
import dev.pigeonhole.llm.ChatRefusedException;
import dev.pigeonhole.llm.ChatReply;
import dev.pigeonhole.llm.ChatRequest;
import dev.pigeonhole.llm.LlmCategorizer;
import dev.pigeonhole.llm.LlmSettings;
import dev.pigeonhole.llm.pace.RateLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A language model behind an address of your own: it is sent a text, and sends one back. Thread-safe. */
public record OwnChatModel(HttpClient client, URI address) implements ChatModel {
    @Override
    public ChatReply complete(ChatRequest request) {
        HttpRequest post = HttpRequest.newBuilder(address)
                .timeout(request.deadline())
                .POST(HttpRequest.BodyPublishers.ofString(request.system() + "\n\n" + request.user()))
                .build();
        try {
            HttpResponse<String> response = client.send(post, HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 200 ->
                    new ChatReply(response.body(), ChatReply.Finish.STOP, TokenUsage.NONE, "", RateLimits.UNKNOWN);
                case 400 -> throw new ChatRefusedException(ChatRefusedException.Kind.BAD_REQUEST, "refused", null);
                default -> throw failed(ChatFailedException.Kind.SERVER_ERROR, response.statusCode() + "", null);
            };
        } catch (IOException e) {
            throw failed(ChatFailedException.Kind.BROKEN_ANSWER, "no answer from " + address.getHost(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(ChatFailedException.Kind.BROKEN_ANSWER, "interrupted", e);
        }
    }

    private static ChatFailedException failed(
            ChatFailedException.Kind kind, String message, @Nullable Exception cause) {
        return new ChatFailedException(kind, message, null, RateLimits.UNKNOWN, cause);
    }

    @Override
    public String name() {
        return "own";
    }

    @Override
    public Map<String, String> fingerprint() {
        return Map.of("model", "own", "address", address.toString());
    }

    /** Makes a categorizer of it under the name {@code own}; listed in {@code META-INF/services}. */
    public static final class Provider implements CategorizerProvider {
        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public String name() {
            return "own";
        }

        @Override
        public Categorizer create(Taxonomy taxonomy, Map<String, String> options) {
            URI address = URI.create(options.getOrDefault("address", "http://localhost:8000/"));
            ChatModel model = new OwnChatModel(HttpClient.newHttpClient(), address);
            return LlmCategorizer.of(model, taxonomy, LlmSettings.of(options));
        }
    }
}

package dev.pigeonhole.openai;

import dev.pigeonhole.llm.BatchModel;
import dev.pigeonhole.llm.ChatModel;
import dev.pigeonhole.llm.ChatReply;
import dev.pigeonhole.llm.ChatRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Chat completions of OpenAI, of Azure, and of all servers that speak the same protocol. Thread-safe. It learns from what a server
 * refuses which parameters it does not support, and leaves them out for the rest of its life.
 */
final class OpenAiChatModel implements ChatModel {
    private final OpenAiSettings settings;
    private final OpenAiErrors errors;
    private final Transport transport;
    private final ReplyJson replies;
    private final BatchModel batches;
    private volatile Dialect dialect;

    OpenAiChatModel(OpenAiSettings settings, ApiKey key, Clock clock) {
        this.settings = settings;
        this.errors = new OpenAiErrors(settings.endpoint(), key, clock);
        this.transport = new Transport(settings, key, errors);
        this.replies = new ReplyJson(errors);
        this.dialect = Dialect.of(settings);
        this.batches =
                new OpenAiBatchModel(transport, errors, request -> RequestJson.of(settings.model(), dialect, request));
    }

    @Override
    public String name() {
        return settings.model();
    }

    @Override
    public Map<String, String> fingerprint() {
        return settings.fingerprint();
    }

    @Override
    public ChatReply complete(ChatRequest request) {
        Dialect used = dialect;
        OneShotBody body = OneShotBody.ofJson(RequestJson.of(settings.model(), used, request));
        HttpAnswer answer = transport.send(Outgoing.post(body, request.deadline(), "chat", "completions"));
        if (answer.isSuccess()) {
            return replies.read(answer, request);
        }
        ServerError error = ServerError.of(answer);
        Optional<String> unsupported = answer.status() == 400 || answer.status() == 422
                ? used.unsupported(error).filter(parameter -> adapt(used, parameter, error.message()))
                : Optional.empty();
        if (unsupported.isPresent()) {
            throw errors.adapted(answer, error, unsupported.get(), request);
        }
        throw errors.refused(answer, error, request);
    }

    /** None for Azure: a deployment for batches answers no call beside, and what a batch leaves over is asked by calls. */
    @Override
    public Optional<BatchModel> batches() {
        return settings.endpoint().flavor() == Endpoint.Flavor.AZURE ? Optional.empty() : Optional.of(batches);
    }

    /** Whether the next request will be different; true also if another call has learned it meanwhile. */
    private synchronized boolean adapt(Dialect used, String parameter, String message) {
        Dialect now = dialect;
        if (!now.value(parameter).equals(used.value(parameter))) {
            return true;
        }
        Optional<Dialect> next = now.without(parameter, message);
        next.ifPresent(adapted -> dialect = adapted);
        return next.isPresent();
    }

    @Override
    public void close() {
        transport.close();
    }
}

package dev.pigeonhole.llm;

import java.util.Map;
import java.util.Optional;

/**
 * The port: one blocking call to a language model. Thread-safe. An adapter sends one request for each {@link #complete}: it never
 * repeats one by itself.
 */
public interface ChatModel extends AutoCloseable {
    /** The model's name, as it is asked for. */
    String name();

    /** All that can change an answer besides the request, by name: the model, the server. No secrets. */
    Map<String, String> fingerprint();

    /**
     * Asks once. Blocks until the whole answer is there, or the deadline has passed.
     *
     * @throws ChatFailedException no answer, but the same request may succeed later
     * @throws ChatRefusedException the server will not answer this request
     */
    ChatReply complete(ChatRequest request);

    /** The provider's batch API, if it has one; closed with this. */
    default Optional<BatchModel> batches() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}

package dev.pigeonhole.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.llm.BatchLine;
import dev.pigeonhole.llm.BatchModel;
import dev.pigeonhole.llm.BatchState;
import dev.pigeonhole.llm.ChatFailedException;
import dev.pigeonhole.llm.ChatRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The batch API of OpenAI and of servers that speak the same protocol. Thread-safe. Uploads take at most 10 minutes, downloads an
 * hour and a minute between two bytes, all other calls a minute.
 */
final class OpenAiBatchModel implements BatchModel {
    /** OpenAI's limits, as its documentation of batches says; megabytes are taken for the smaller ones. */
    private static final int MOST_REQUESTS = 50_000;

    private static final long MOST_BYTES = 200_000_000;
    private static final int MOST_ENTRIES = 16;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 512;

    private static final Duration UPLOAD = Duration.ofMinutes(10);
    private static final Duration DOWNLOAD = Duration.ofHours(1);
    private static final Duration CALL = Duration.ofSeconds(60);
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 10_000;

    private final Transport transport;
    private final OpenAiErrors errors;
    private final BatchJson json;
    private final Function<ChatRequest, byte[]> bodies;

    /** @param bodies makes what a call of its own would send */
    OpenAiBatchModel(Transport transport, OpenAiErrors errors, Function<ChatRequest, byte[]> bodies) {
        this.transport = transport;
        this.errors = errors;
        this.json = new BatchJson(errors);
        this.bodies = bodies;
    }

    @Override
    public int mostRequests() {
        return MOST_REQUESTS;
    }

    @Override
    public long mostBytes() {
        return MOST_BYTES;
    }

    @Override
    public byte[] line(String customId, ChatRequest request) {
        if (customId.isEmpty() || customId.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a request's id has 1 to 64 characters");
        }
        return BatchJson.line(customId, bodies.apply(request));
    }

    @Override
    public String upload(Path file) {
        HttpAnswer answer = transport.send(Outgoing.post(UploadBody.of(file), UPLOAD, "files"));
        if (!answer.isSuccess()) {
            throw refusedByApi(answer);
        }
        return answer.json().flatMap(BatchJson::id).orElseThrow(() -> broken(answer, "no file"));
    }

    @Override
    public BatchState create(String fileId, Map<String, String> metadata) {
        requireFit(metadata);
        OneShotBody body = OneShotBody.ofJson(BatchJson.create(fileId, metadata));
        HttpAnswer answer = transport.send(Outgoing.post(body, CALL, "batches"));
        if (answer.isSuccess()) {
            return state(answer);
        }
        boolean aboutFile = ServerError.of(answer).words().contains("file");
        PigeonholeException refusal = aboutFile ? errors.refused(answer) : refusedByApi(answer);
        if (refusal instanceof ChatFailedException failure && failure.kind() == ChatFailedException.Kind.SERVER_ERROR) {
            throw errors.uncertain(failure);
        }
        throw refusal;
    }

    private static void requireFit(Map<String, String> metadata) {
        boolean fit = metadata.size() <= MOST_ENTRIES
                && metadata.entrySet().stream()
                        .allMatch(entry -> entry.getKey().length() <= LONGEST_NAME
                                && entry.getValue().length() <= LONGEST_VALUE);
        if (!fit) {
            throw new IllegalArgumentException("metadata has at most 16 entries, of 64 and 512 characters");
        }
    }

    @Override
    public Optional<BatchState> find(Map<String, String> metadata) {
        Set<String> seen = new HashSet<>();
        Map<String, String> query = Map.of("limit", String.valueOf(PAGE));
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            JsonNode page = page(query);
            for (JsonNode batch : page.path("data")) {
                if (BatchJson.has(batch, metadata)) {
                    return Optional.of(json.state(batch).orElseThrow(() -> errors.broken("a batch without an id")));
                }
            }
            Optional<String> last =
                    BatchJson.id(page.path("data").path(page.path("data").size() - 1));
            if (last.isEmpty() || !page.path("has_more").asBoolean(false)) {
                return Optional.empty();
            } else if (!seen.add(last.get())) {
                break;
            }
            query = Map.of("limit", String.valueOf(PAGE), "after", last.get());
        }
        throw errors.broken("the server's list of batches does not end");
    }

    private JsonNode page(Map<String, String> query) {
        HttpAnswer answer = transport.send(Outgoing.get(query, CALL, "batches"));
        if (!answer.isSuccess()) {
            throw refusedByApi(answer);
        }
        return answer.json()
                .filter(page -> page.path("data").isArray())
                .orElseThrow(() -> broken(answer, "no list of batches"));
    }

    @Override
    public BatchState retrieve(String batchId) {
        HttpAnswer answer = transport.send(Outgoing.get(Map.of(), CALL, "batches", batchId));
        if (!answer.isSuccess()) {
            throw errors.refused(answer);
        }
        return state(answer);
    }

    /** A batch that is over cannot be cancelled: then one more call tells how it stands. */
    @Override
    public BatchState cancel(String batchId) {
        OneShotBody nothing = OneShotBody.ofJson(new byte[0]);
        HttpAnswer answer = transport.send(Outgoing.post(nothing, CALL, "batches", batchId, "cancel"));
        if (answer.isSuccess()) {
            return state(answer);
        } else if (List.of(400, 409, 422).contains(answer.status())) {
            BatchState now = retrieve(batchId);
            if (now.status().isOver()) {
                return now;
            }
        }
        throw errors.refused(answer);
    }

    @Override
    public void read(String fileId, Consumer<BatchLine> consumer) {
        AnswerLines lines = new AnswerLines(errors, consumer);
        HttpAnswer answer = transport.send(Outgoing.download(CALL, DOWNLOAD, "files", fileId, "content"), lines::read);
        if (!answer.isSuccess()) {
            throw errors.refused(answer);
        }
    }

    @Override
    public void delete(String fileId) {
        HttpAnswer answer = transport.send(Outgoing.delete(CALL, "files", fileId));
        if (!answer.isSuccess() && answer.status() != 404) {
            throw errors.refused(answer);
        }
    }

    private BatchState state(HttpAnswer answer) {
        return answer.json().flatMap(json::state).orElseThrow(() -> broken(answer, "no batch"));
    }

    private PigeonholeException refusedByApi(HttpAnswer answer) {
        return List.of(404, 405, 501).contains(answer.status()) ? errors.noBatches(answer) : errors.refused(answer);
    }

    /** Gateways may say an error with a status that tells of success. */
    private ChatFailedException broken(HttpAnswer answer, String what) {
        boolean error = answer.json().filter(body -> body.has("error")).isPresent();
        String why = error ? "the answer is an error: " + errors.describe(answer) : "the answer describes " + what;
        return errors.broken(answer.isPage() ? "the answer is a web page; is the base URL right?" : why);
    }
}

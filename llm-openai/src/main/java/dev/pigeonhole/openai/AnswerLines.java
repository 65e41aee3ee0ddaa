package dev.pigeonhole.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.llm.BatchLine;
import dev.pigeonhole.llm.pace.RateLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads the file of answers or errors of a batch, a line at a time. For one file. */
final class AnswerLines {
    /** No answer needs more. */
    static final int LONGEST = HttpAnswer.MOST_BYTES;

    /** A file of requests has at most 200 MB; answers are shorter, and are not worth a full disk. */
    private static final long MOST = 1L << 30;

    private static final int LONGEST_ID = 64;

    private final OpenAiErrors errors;
    private final Consumer<BatchLine> consumer;
    private final long most;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 12);
    private boolean tooLong;
    private long number = 1;

    AnswerLines(OpenAiErrors errors, Consumer<BatchLine> consumer) {
        this(errors, consumer, MOST);
    }

    /** @param most bytes that are read */
    AnswerLines(OpenAiErrors errors, Consumer<BatchLine> consumer, long most) {
        this.errors = errors;
        this.consumer = consumer;
        this.most = most;
    }

    /** @throws dev.pigeonhole.llm.ChatFailedException it is longer than any such file */
    void read(InputStream in) throws IOException {
        byte[] block = new byte[1 << 16];
        long total = 0;
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            total += count;
            if (total > most) {
                throw errors.broken("the file of a batch's answers is longer than " + (most >> 20)
                        + " MiB; it was not read to its end");
            }
            take(block, count);
        }
        end();
    }

    private void take(byte[] block, int count) {
        int from = 0;
        for (int at = 0; at < count; at++) {
            if (block[at] == '\n') {
                keep(block, from, at - from);
                end();
                from = at + 1;
            }
        }
        keep(block, from, count - from);
    }

    private void keep(byte[] block, int from, int length) {
        tooLong |= line.size() + length > LONGEST;
        if (tooLong) {
            line.reset();
        } else {
            line.write(block, from, length);
        }
    }

    private void end() {
        if (tooLong) {
            consumer.accept(unreadable("is longer than " + (LONGEST >> 20) + " MiB"));
        } else if (!line.toString(StandardCharsets.ISO_8859_1).isBlank()) {
            consumer.accept(parse(line.toByteArray()));
        }
        line.reset();
        tooLong = false;
        number++;
    }

    private BatchLine parse(byte[] bytes) {
        return HttpAnswer.json(bytes).map(this::of).orElseGet(() -> unreadable("is no JSON, or was cut off"));
    }

    private BatchLine of(JsonNode node) {
        String customId = node.path("custom_id").asText("");
        if (customId.isEmpty() || customId.length() > LONGEST_ID) {
            return unreadable("names no request");
        }
        JsonNode response = node.path("response");
        int status = response.path("status_code").asInt(200);
        if (status < 200 || status > 299 || !response.path("body").isObject()) {
            return failed(customId, node, response, status);
        }
        JsonNode body = response.path("body");
        String requestId = response.path("request_id").asText("");
        return ReplyJson.reply(body, requestId, RateLimits.UNKNOWN)
                .or(() -> ReplyJson.billed(body, requestId))
                .<BatchLine>map(reply -> new BatchLine.Answered(customId, reply))
                .orElseGet(() -> new BatchLine.Failed(customId, false, "the answer holds no choice"));
    }

    /** The server's own words are left out: they may quote the row, which is not at hand to compare them with. */
    private BatchLine failed(String customId, JsonNode node, JsonNode response, int status) {
        ServerError error = ServerError.of(node.path("error").isObject() ? node : response.path("body"));
        String code = errors.code(error.code().isEmpty() ? error.type() : error.code());
        return switch (code) {
            case "batch_expired" ->
                new BatchLine.Failed(customId, true, "the batch's time was over before its turn came");
            case "batch_cancelled" ->
                new BatchLine.Failed(customId, true, "the batch was cancelled before its turn came");
            default -> {
                String param = errors.code(error.param());
                yield new BatchLine.Failed(
                        customId,
                        false,
                        "answered " + (status == 200 ? "with an error" : String.valueOf(status))
                                + (code.isEmpty() ? "" : " " + code)
                                + (param.isEmpty() ? "" : " (" + param + ")"));
            }
        };
    }

    private BatchLine unreadable(String why) {
        return new BatchLine.Unreadable("line " + number + " of the batch's answers " + why);
    }
}

package dev.pigeonhole.fakellm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is sent back. Immutable, except that the body is not copied. */
final class Reply {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final @Nullable FaultRule delivery;
    private final Consumer<Boolean> ended;

    private Reply(
            int status,
            Map<String, String> headers,
            byte[] body,
            @Nullable FaultRule delivery,
            Consumer<Boolean> ended) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.delivery = delivery;
        this.ended = ended;
    }

    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("content-type", contentType), body, null, whole -> {});
    }

    /** Nobody is there to answer. */
    static Reply toNobody() {
        return new Reply(0, Map.of(), new byte[0], null, whole -> {});
    }

    Reply with(String name, String value) {
        return with(Map.of(name, value));
    }

    Reply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Reply(status, all, body, delivery, ended);
    }

    /** Sends it in the way of this fault. */
    Reply delivered(FaultRule fault) {
        return new Reply(status, headers, body, fault, ended);
    }

    /**
     * Tells somebody of the end.
     *
     * @param action told true just before the last byte, so that what it does has happened when the client has its answer; told
     *     false if there will be no last byte, or if it could not be sent after all
     */
    Reply then(Consumer<Boolean> action) {
        return new Reply(status, headers, body, delivery, action);
    }

    /** 0 if nobody is there. */
    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    @Nullable
    FaultRule delivery() {
        return delivery;
    }

    void ended(boolean whole) {
        ended.accept(whole);
    }
}

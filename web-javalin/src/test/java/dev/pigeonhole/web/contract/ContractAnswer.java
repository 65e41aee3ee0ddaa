package dev.pigeonhole.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * An answer that was held against the contract.
 *
 * @param bytes of the body
 */
public record ContractAnswer(int status, HttpHeaders headers, byte[] bytes) {
    private static final JsonMapper MAPPER = new JsonMapper();

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("expected JSON, found " + text(), e);
        }
    }

    /** The header's first value; empty if it is not there. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /**
     * This answer, once its status is the expected one.
     *
     * @throws AssertionError it is another one
     */
    public ContractAnswer expect(int expected) {
        if (status != expected) {
            throw new AssertionError("expected " + expected + ", found " + status + ": " + text());
        }
        return this;
    }
}

package dev.pigeonhole.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a server answered, whatever the status. Immutable.
 *
 * @param headers all values of a name, in any case; none if it is not there
 */
@SuppressWarnings("ArrayRecordComponent") // Lives for one call, and is compared with nothing.
record HttpAnswer(int status, Function<String, List<String>> headers, byte[] body) {
    /** No answer needs more; it must not cost more to read one than to have it made. */
    static final int MOST_BYTES = 4 << 20;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(50)
                            .maxStringLength(MOST_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    String header(String name) {
        List<String> values = headers.apply(name);
        return values.isEmpty() ? "" : values.get(0);
    }

    /** The body as JSON; empty if it is none. The parser's words are not kept: they quote the body. */
    Optional<JsonNode> json() {
        return json(body);
    }

    /** Bytes as JSON, an object or an array; empty if they are none. */
    static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isContainerNode);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it is a web page, as proxies and login portals send. */
    boolean isPage() {
        return header("content-type").startsWith("text/html") || (body.length > 0 && body[0] == '<');
    }
}

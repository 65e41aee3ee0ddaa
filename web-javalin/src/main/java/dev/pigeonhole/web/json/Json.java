package dev.pigeonhole.web.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON: strictly, and with bounds on what comes in. Thread-safe. */
public final class Json {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_STRING = 2_000_000;
    private static final int MAX_DOCUMENT = 8_000_000;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING)
                            .maxDocumentLength(MAX_DOCUMENT)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * Reads the body of a request.
     *
     * @throws ProblemException the body is not JSON, or is not of this kind
     */
    public <T> T body(Context context, Class<T> type) {
        return read(context.body(), type);
    }

    /**
     * Reads a value.
     *
     * @throws ProblemException the text is not JSON, or is not of this kind
     */
    public <T> T read(String json, Class<T> type) {
        try {
            T value = mapper.readValue(json, type);
            if (value == null) {
                throw new ProblemException(Problem.of(ProblemType.MALFORMED, "expected an object, found null"));
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new ProblemException(Problem.of(ProblemType.MALFORMED, e.getOriginalMessage()), e);
        }
    }

    /** Writes a value of maps, lists, records, texts and numbers. */
    public String write(@Nullable Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON", e);
        }
    }

    /** Writes a problem, as RFC 9457 has it. */
    public String write(Problem problem, String instance) {
        return write(problem.toMap(instance));
    }

    /** Answers with a value. */
    public void answer(Context context, int status, Object value) {
        context.status(status).contentType("application/json; charset=utf-8").result(write(value));
    }

    /** Answers with a problem, as RFC 9457 has it. */
    public void answer(Context context, Problem problem) {
        context.status(problem.type().status())
                .contentType("application/problem+json; charset=utf-8")
                .result(write(problem, context.path()));
    }
}

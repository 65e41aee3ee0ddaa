package dev.pigeonhole.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.pigeonhole.llm.ChatRequest;
import dev.pigeonhole.llm.ReplyFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The body of a request. The same request gives the same bytes, so that the provider's cache can tell. Stateless.
 *
 * <p>Written without the SDK's models: loading them costs a second of CPU at the first call, and each call twice the time. Tests
 * compare it with what the SDK's models write.
 */
final class RequestJson {
    private static final JsonFactory JSON = new JsonFactory();

    private RequestJson() {}

    static byte[] of(String model, Dialect dialect, ChatRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(
                256 + request.system().length() + request.user().length());
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model", model);
            json.writeArrayFieldStart("messages");
            writeMessage(json, "system", request.system());
            writeMessage(json, "user", request.user());
            json.writeEndArray();
            writeFormat(json, request.format());
            dialect.write(json, request.maxOutputTokens(), request.cacheKey());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("into memory", e);
        }
        return bytes.toByteArray();
    }

    private static void writeMessage(JsonGenerator json, String role, String content) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeStringField("content", content);
        json.writeEndObject();
    }

    private static void writeFormat(JsonGenerator json, ReplyFormat format) throws IOException {
        if (format instanceof ReplyFormat.Text) {
            return;
        }
        json.writeObjectFieldStart("response_format");
        if (format instanceof ReplyFormat.JsonSchema schema) {
            json.writeStringField("type", "json_schema");
            json.writeObjectFieldStart("json_schema");
            json.writeStringField("name", schema.name());
            json.writeBooleanField("strict", true);
            json.writeFieldName("schema");
            json.writeRawValue(schema.json());
            json.writeEndObject();
        } else {
            json.writeStringField("type", "json_object");
        }
        json.writeEndObject();
    }
}

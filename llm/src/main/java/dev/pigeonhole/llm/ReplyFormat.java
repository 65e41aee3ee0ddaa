package dev.pigeonhole.llm;

import java.util.Objects;

/** How an answer is to be laid out, as far as the server enforces it. Immutable. */
public sealed interface ReplyFormat {
    /**
     * By a JSON schema that the server enforces strictly.
     *
     * @param name of the schema; letters, digits and underscores, at most 64
     * @param json the schema itself; the same bytes for the same schema, so that caches can tell
     */
    record JsonSchema(String name, String json) implements ReplyFormat {
        public JsonSchema {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(json, "json");
        }
    }

    /** Any JSON object. */
    record JsonObject() implements ReplyFormat {}

    /** Anything. */
    record Text() implements ReplyFormat {}
}

package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A request, understood. Immutable.
 *
 * @param model that is asked
 * @param prompt all that the model reads, in the order in which it reads it: schema, then messages
 * @param userText what the user messages say
 * @param records that are asked about, in their order
 * @param categories that are allowed; empty if they could not be found out
 * @param shape how the answer is to be laid out
 * @param schema of the answer; missing if there is none
 * @param maxTokens most tokens of the answer; 0 if the request does not say
 */
record Question(
        String model,
        List<Message> prompt,
        String userText,
        List<Asked> records,
        List<String> categories,
        Shape shape,
        JsonNode schema,
        int maxTokens) {
    /** How an answer is laid out. */
    enum Shape {
        /** An object with the ids as names. */
        KEYED,
        /** An object with an array of objects, each with an id and a category. */
        ARRAY,
        /** Lines of id, tab, category. */
        LINES,
        /** Any other schema. */
        OTHER
    }

    /** One part of the prompt. */
    record Message(String role, String text) {}

    /** One record. */
    record Asked(String id, String text) {}

    /** Where the parts of an array's entries are. */
    record ArrayNames(String list, String id, String category) {}

    Question {
        prompt = List.copyOf(prompt);
        records = List.copyOf(records);
        categories = List.copyOf(categories);
    }

    /** The names in a schema of an answer by array. */
    ArrayNames arrayNames() {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode entries = property.getValue().path("items").path("properties");
            if (entries.has("id")) {
                for (String name : (Iterable<String>) entries::fieldNames) {
                    if (!name.equals("id")) {
                        return new ArrayNames(property.getKey(), "id", name);
                    }
                }
            }
        }
        return new ArrayNames("results", "id", "category");
    }
}

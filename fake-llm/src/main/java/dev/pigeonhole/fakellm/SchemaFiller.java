package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** The least that a schema of any kind allows: what is answered to a probe. */
final class SchemaFiller {
    private SchemaFiller() {}

    static JsonNode fill(JsonNode schema, ObjectMapper json) {
        return fill(schema, schema, json, 0);
    }

    private static JsonNode fill(JsonNode schema, JsonNode root, ObjectMapper json, int depth) {
        if (depth > 10) {
            return NullNode.getInstance();
        }
        if (schema.path("$ref").asText().startsWith("#/")) {
            return fill(root.at(schema.path("$ref").asText().substring(1)), root, json, depth + 1);
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        if (schema.has("anyOf")) {
            return fill(schema.path("anyOf").path(0), root, json, depth + 1);
        }
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema, root, json, depth);
            case "array" -> array(schema, root, json, depth);
            case "integer", "number" -> IntNode.valueOf(schema.path("minimum").asInt());
            case "boolean" -> BooleanNode.TRUE;
            case "string" -> TextNode.valueOf(schema.path("const").asText("ok"));
            default -> NullNode.getInstance();
        };
    }

    private static ObjectNode object(JsonNode schema, JsonNode root, ObjectMapper json, int depth) {
        ObjectNode object = json.createObjectNode();
        schema.path("properties")
                .properties()
                .forEach(property -> object.set(property.getKey(), fill(property.getValue(), root, json, depth + 1)));
        return object;
    }

    private static ArrayNode array(JsonNode schema, JsonNode root, ObjectMapper json, int depth) {
        ArrayNode array = json.createArrayNode();
        for (int i = 0; i < schema.path("minItems").asInt(); i++) {
            array.add(fill(schema.path("items"), root, json, depth + 1));
        }
        return array;
    }
}

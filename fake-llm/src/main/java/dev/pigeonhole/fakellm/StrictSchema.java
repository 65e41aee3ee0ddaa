package dev.pigeonhole.fakellm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a schema that answers are to be bound to strictly, by the rules and limits of the real service. An instance checks one
 * schema. Not thread-safe.
 */
final class StrictSchema {
    private static final int MOST_PROPERTIES = 5_000;
    private static final int DEEPEST = 10;
    private static final int MOST_CHARS = 120_000;
    private static final int MOST_ENUM_VALUES = 1_000;
    private static final int LARGE_ENUM = 250;
    private static final int MOST_CHARS_OF_LARGE_ENUM = 15_000;
    private static final Set<String> UNSUPPORTED = Set.of(
            "allOf",
            "not",
            "if",
            "then",
            "else",
            "oneOf",
            "dependentRequired",
            "dependentSchemas",
            "patternProperties",
            "propertyNames",
            "minProperties",
            "maxProperties",
            "unevaluatedProperties",
            "unevaluatedItems",
            "contains",
            "minContains",
            "maxContains",
            "uniqueItems",
            "prefixItems",
            "minLength",
            "maxLength");

    private final JsonNode root;
    private final boolean refEnumsCountEachUse;
    private int properties;
    private long chars;
    private int enumValues;
    private String fault = "";

    private StrictSchema(JsonNode root, boolean refEnumsCountEachUse) {
        this.root = root;
        this.refEnumsCountEachUse = refEnumsCountEachUse;
    }

    /** What is wrong with a schema, if something is. */
    static Optional<String> faultIn(JsonNode root, boolean refEnumsCountEachUse) {
        StrictSchema check = new StrictSchema(root, refEnumsCountEachUse);
        check.all();
        return check.fault.isEmpty() ? Optional.empty() : Optional.of(check.fault);
    }

    private void all() {
        if (!root.isObject() || !root.path("type").asText().equals("object") || root.has("anyOf")) {
            fail(
                    "()",
                    "schema must be a JSON Schema of 'type: \"object\"', got 'type: \""
                            + root.path("type").asText("None") + "\"'");
            return;
        }
        root.path("$defs").properties().forEach(entry -> {
            chars += entry.getKey().length();
            node(entry.getValue(), "('$defs', '" + entry.getKey() + "')", 1);
        });
        node(root, "()", 1);
        limits();
    }

    private void limits() {
        if (properties > MOST_PROPERTIES) {
            fail("()", "too many properties: " + properties + ", at most " + MOST_PROPERTIES);
        } else if (chars > MOST_CHARS) {
            fail("()", "names and enum values are too long: " + chars + " characters, at most " + MOST_CHARS);
        } else if (enumValues > MOST_ENUM_VALUES) {
            fail("()", "too many enum values: " + enumValues + ", at most " + MOST_ENUM_VALUES);
        }
    }

    private void node(JsonNode schema, String place, int depth) {
        if (depth > DEEPEST) {
            fail(place, "nested deeper than " + DEEPEST + " levels");
        }
        if (!fault.isEmpty()) {
            return;
        }
        for (Iterator<String> names = schema.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (UNSUPPORTED.contains(name)) {
                fail(place, "'" + name + "' is not permitted");
            }
        }
        if (schema.has("$ref")) {
            reference(schema.path("$ref").asText(), place);
        }
        enumeration(schema.path("enum"), place);
        chars += schema.path("const").asText().length();
        if (schema.path("type").asText().equals("object")) {
            object(schema, place, depth);
        }
        if (schema.has("items")) {
            node(schema.path("items"), place + ", 'items'", depth + 1);
        } else if (schema.path("type").asText().equals("array")) {
            fail(place, "array schema missing items");
        }
        schema.path("anyOf").forEach(option -> node(option, place + ", 'anyOf'", depth + 1));
    }

    private void object(JsonNode schema, String place, int depth) {
        JsonNode additional = schema.path("additionalProperties");
        if (!additional.isBoolean() || additional.booleanValue()) {
            fail(place, "'additionalProperties' is required to be supplied and to be false");
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            properties++;
            chars += property.getKey().length();
            if (!required.remove(property.getKey())) {
                fail(
                        place,
                        "'required' is required to be supplied and to be an array including every key in properties."
                                + " Missing '" + property.getKey() + "'");
            }
            node(property.getValue(), "('properties', '" + property.getKey() + "')", depth + 1);
        }
        if (!required.isEmpty()) {
            fail(place, "'required' names what is no property: " + required);
        }
    }

    private void enumeration(JsonNode values, String place) {
        enumValues += values.size();
        long length = 0;
        for (JsonNode value : values) {
            length += value.asText().length();
        }
        chars += length;
        if (values.size() > LARGE_ENUM && length > MOST_CHARS_OF_LARGE_ENUM) {
            fail(place, "enum of " + values.size() + " values is too long: " + length + " characters");
        }
    }

    private void reference(String target, String place) {
        if (target.equals("#")) {
            return;
        }
        JsonNode definition = target.startsWith("#/") ? root.at(target.substring(1)) : root.path("");
        if (definition.isMissingNode()) {
            fail(place, "reference to '" + target + "' not found");
        } else if (refEnumsCountEachUse) {
            enumValues += definition.path("enum").size();
        }
    }

    private void fail(String place, String reason) {
        if (fault.isEmpty()) {
            fault = "In context=" + place + ", " + reason + ".";
        }
    }
}

package dev.pigeonhole.web.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds JSON against the schemas of the description. Thread-safe. */
final class Schemas {
    private static final String DOCUMENT = "https://pigeonhole.invalid/openapi.json";

    private final Map<String, JsonSchema> known = new ConcurrentHashMap<>();
    private final SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .locale(Locale.ROOT)
            .build();
    private final JsonSchemaFactory factory;

    Schemas(OpenApi api) {
        factory = JsonSchemaFactory.getInstance(
                VersionFlag.V202012,
                builder -> builder.metaSchema(quiet())
                        .schemaLoaders(loaders -> loaders.schemas(Map.of(DOCUMENT, api.text()))));
    }

    /** What is wrong with the value; empty if nothing is. */
    List<String> faults(JsonPointer schema, JsonNode value) {
        return faults(DOCUMENT + "#" + fragment(schema), value);
    }

    /** What is wrong with a schema as such. */
    List<String> faultsOfSchema(JsonNode schema) {
        return faults(SchemaId.V202012, schema);
    }

    private List<String> faults(String schema, JsonNode value) {
        return known
                .computeIfAbsent(schema, location -> factory.getSchema(SchemaLocation.of(location), config))
                .validate(value)
                .stream()
                .map(fault -> fault.getMessage())
                .sorted()
                .toList();
    }

    /** The validator takes the whole description for a schema, and would warn of each of its members. */
    private static JsonMetaSchema quiet() {
        return JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
                .build();
    }

    private static String fragment(JsonPointer pointer) {
        return URLEncoder.encode(pointer.toString(), StandardCharsets.UTF_8)
                .replace("%2F", "/")
                .replace("%7E", "~")
                .replace("+", "%20");
    }
}

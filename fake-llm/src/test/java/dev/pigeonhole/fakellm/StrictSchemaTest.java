package dev.pigeonhole.fakellm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class StrictSchemaTest {
    private static Optional<String> fault(String schema) throws IOException {
        return StrictSchema.faultIn(Asking.JSON.readTree(schema), false);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "schemas.csv", numLinesToSkip = 1, delimiter = ';', quoteCharacter = '`')
    void theRulesOfTheRealServiceHold(String schema, String reason) throws IOException {
        if (reason == null) {
            assertThat(fault(schema)).isEmpty();
        } else {
            assertThat(fault(schema))
                    .hasValueSatisfying(fault -> assertThat(fault).contains(reason));
        }
    }

    private static ObjectNode withEnum(int values, int length) {
        ObjectNode schema = Asking.JSON.createObjectNode().put("type", "object").put("additionalProperties", false);
        schema.putArray("required").add("a").add("b");
        ArrayNode names =
                schema.putObject("$defs").putObject("c").put("type", "string").putArray("enum");
        for (int i = 0; i < values; i++) {
            names.add(i + "x".repeat(length));
        }
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("a").put("$ref", "#/$defs/c");
        properties.putObject("b").put("$ref", "#/$defs/c");
        return schema;
    }

    @Test
    void enumsHaveLimits() {
        assertThat(StrictSchema.faultIn(withEnum(1_000, 1), false)).isEmpty();
        assertThat(StrictSchema.faultIn(withEnum(1_001, 1), false).orElse("")).contains("too many enum values");
        assertThat(StrictSchema.faultIn(withEnum(400, 1), false)).isEmpty();
        assertThat(StrictSchema.faultIn(withEnum(400, 1), true).orElse("")).contains("1200");
        assertThat(StrictSchema.faultIn(withEnum(251, 100), false).orElse("")).contains("too long");
        assertThat(StrictSchema.faultIn(withEnum(250, 400), false)).isEmpty();
        assertThat(StrictSchema.faultIn(withEnum(250, 500), false).orElse("")).contains("characters");
    }

    @Test
    void anInvalidSchemaIsRefusedUnlessItIsNotStrict() throws Exception {
        ObjectNode body = Asking.keyed(Asking.texts(2));
        ObjectNode format = (ObjectNode) body.at("/response_format/json_schema");
        ((ObjectNode) format.path("schema")).remove("required");
        try (FakeLlm server = FakeLlm.builder().start()) {
            HttpResponse<String> refused = Asking.ask(server, body);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(Asking.json(refused).at("/error/code").asText()).isEqualTo("invalid_json_schema");
            assertThat(Asking.json(refused).at("/error/param").asText()).isEqualTo("response_format");
            assertThat(server.stats().admitted()).isZero();
            format.put("strict", false);
            assertThat(Asking.ask(server, body).statusCode()).isEqualTo(200);
            format.put("name", "not a name");
            assertThat(Asking.ask(server, body).statusCode()).isEqualTo(400);
        }
    }
}

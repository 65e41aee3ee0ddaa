package dev.pigeonhole.web.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.web.contract.OpenApi.Operation;
import dev.pigeonhole.web.contract.OpenApi.Place;
import dev.pigeonhole.web.json.ProblemType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The description itself is as OpenAPI 3.1 has it, and says all that it should. */
class OpenApiTest {
    private static final OpenApi API = OpenApi.load();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");

    private static final Set<String> SCHEMA_WORDS = Set.of(
            "$ref",
            "additionalProperties",
            "anyOf",
            "const",
            "default",
            "description",
            "enum",
            "examples",
            "format",
            "items",
            "maxItems",
            "maxLength",
            "maximum",
            "minItems",
            "minimum",
            "oneOf",
            "pattern",
            "properties",
            "required",
            "type");

    private final Schemas schemas = new Schemas(API);

    static Stream<String> schemaNames() {
        return API.root().at("components").at("schemas").names().stream();
    }

    static List<Operation> operations() {
        return API.operations();
    }

    @Test
    void itIsOpenApi31() {
        assertThat(API.root().at("openapi").node().asText()).matches("3[.]1[.]\\d+");
        assertThat(API.root().at("info").names()).contains("title", "version");
        assertThat(API.root().names())
                .isSubsetOf(
                        "openapi", "info", "jsonSchemaDialect", "servers", "security", "tags", "paths", "components");
        assertThat(API.root().at("components").names())
                .isSubsetOf("securitySchemes", "parameters", "responses", "schemas");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(references())
                .isNotEmpty()
                .allMatch(target -> target.startsWith("#/")
                        && !API.root().node().at(target.substring(1)).isMissingNode());
    }

    @Test
    void nothingIsThereThatNobodyRefersTo() {
        Set<String> used = new HashSet<>(references());
        for (String kind : List.of("parameters", "responses", "schemas")) {
            for (String name : API.root().at("components").at(kind).names()) {
                assertThat(used).contains("#/components/" + kind + "/" + name);
            }
        }
    }

    @Test
    void noTwoOperationsHaveTheSameId() {
        assertThat(API.operations().stream()
                        .map(operation ->
                                operation.place().at("operationId").node().asText()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z][A-Za-z]+"));
    }

    @Test
    void everyTagIsSaid() {
        assertThat(API.root().at("tags").node().findValuesAsText("name"))
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(API.operations().stream()
                        .map(operation ->
                                operation.place().node().path("tags").path(0).asText())
                        .toList()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyPlaceholderIsDeclaredAndNothingElse(Operation operation) {
        List<String> declared = parameters(operation)
                .filter(parameter -> parameter.path("in").asText().equals("path"))
                .filter(parameter -> parameter.path("required").asBoolean())
                .map(parameter -> parameter.path("name").asText())
                .toList();
        assertThat(declared)
                .containsExactlyInAnyOrderElementsOf(PLACEHOLDER
                        .matcher(operation.path())
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void noParameterIsDeclaredTwiceOrHalf(Operation operation) {
        assertThat(parameters(operation)
                        .map(parameter -> parameter.path("in").asText() + " "
                                + parameter.path("name").asText()))
                .doesNotHaveDuplicates();
        assertThat(parameters(operation))
                .allMatch(parameter -> parameter.has("schema")
                        && Set.of("path", "query", "header")
                                .contains(parameter.path("in").asText()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyErrorIsAProblemAndEverySuccessSaysWhatItIs(Operation operation) {
        operation
                .place()
                .at("responses")
                .members()
                .map(API::resolve)
                .forEach(response ->
                        assertThat(response.at("description").node().asText()).isNotBlank());
        operation
                .place()
                .at("responses")
                .members()
                .filter(response -> OpenApi.nameOf(response).compareTo("400") >= 0)
                .map(API::resolve)
                .forEach(response ->
                        assertThat(response.at("content").names()).containsExactly("application/problem+json"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whatChangesSomethingCanBeForbidden(Operation operation) {
        assertThat(operation.place().at("responses").names().contains("403"))
                .isEqualTo(!operation.method().equals("GET"));
    }

    @ParameterizedTest
    @MethodSource("schemaNames")
    void aSchemaIsAsJsonSchemaHasIt(String name) {
        assertThat(schemas.faultsOfSchema(API.schema(name).node())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemaNames")
    void theExamplesOfASchemaMatchIt(String name) {
        Place schema = API.schema(name);
        for (JsonNode example : schema.node().path("examples")) {
            assertThat(schemas.faults(schema.pointer(), example)).isEmpty();
        }
    }

    @Test
    void everyObjectSaysWhetherItHasMoreMembers() {
        List<String> open = new ArrayList<>();
        walk(API.root(), place -> {
            boolean object = place.node().path("type").asText().equals("object");
            if (object && !place.node().has("additionalProperties")) {
                open.add(place.pointer().toString());
            }
        });
        assertThat(open).isEmpty();
    }

    /** The validator passes over words that it does not know: a slip of the pen would check nothing. */
    @Test
    void everyWordOfASchemaIsKnown() {
        schemaNames().map(API::schema).forEach(schema -> checkWords(schema.node()));
        walk(API.root(), place -> {
            if (OpenApi.nameOf(place).equals("schema")) {
                checkWords(place.node());
            }
        });
    }

    @Test
    void everyRequiredMemberIsDescribed() {
        walk(API.root(), place -> {
            for (JsonNode required : place.node().path("required")) {
                Place owner = API.resolve(place);
                if (owner.at("properties").exists()) {
                    assertThat(owner.at("properties").names()).contains(required.asText());
                }
            }
        });
    }

    @Test
    void theKindsOfProblemsAreThoseOfTheServer() {
        assertThat(words("Problem", "/properties/type/enum"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ProblemType.values()).map(ProblemType::uri).toList());
    }

    @Test
    void theCausesAndReasonsAreThoseOfTheEngine() {
        assertThat(words("Cause", "/enum"))
                .containsExactlyElementsOf(
                        Stream.of(FailureCause.values()).map(Enum::name).toList());
        assertThat(words("Job", "/properties/reason/enum"))
                .startsWith(Stream.of(PauseReason.values()).map(Enum::name).toArray(String[]::new))
                .contains("KEY_MISSING")
                .hasSize(PauseReason.values().length + 2);
    }

    private static void checkWords(JsonNode schema) {
        List<String> words = new ArrayList<>();
        schema.fieldNames().forEachRemaining(words::add);
        assertThat(words).isSubsetOf(SCHEMA_WORDS);
        schema.path("properties").forEach(OpenApiTest::checkWords);
        schema.path("anyOf").forEach(OpenApiTest::checkWords);
        schema.path("oneOf").forEach(OpenApiTest::checkWords);
        for (String inner : List.of("items", "additionalProperties")) {
            if (schema.path(inner).isObject()) {
                checkWords(schema.path(inner));
            }
        }
    }

    private static List<String> words(String schema, String pointer) {
        List<String> words = new ArrayList<>();
        API.schema(schema).node().at(pointer).forEach(word -> words.add(word.asText()));
        return words;
    }

    private static Stream<JsonNode> parameters(Operation operation) {
        List<JsonNode> parameters = new ArrayList<>();
        Place list = operation.place().at("parameters");
        for (JsonNode parameter : list.node()) {
            parameters.add(API.resolve(new Place(list.pointer(), parameter)).node());
        }
        return parameters.stream();
    }

    private static List<String> references() {
        return API.root().node().findValuesAsText("$ref");
    }

    private static void walk(Place place, Consumer<Place> visitor) {
        visitor.accept(place);
        if (place.node().isObject()) {
            place.members().forEach(member -> walk(member, visitor));
        }
        for (int i = 0; place.node().isArray() && i < place.node().size(); i++) {
            walk(new Place(place.pointer().appendIndex(i), place.node().get(i)), visitor);
        }
    }
}

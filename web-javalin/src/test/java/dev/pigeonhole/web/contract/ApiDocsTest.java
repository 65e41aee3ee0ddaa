package dev.pigeonhole.web.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pigeonhole.web.contract.ApiDocs.Request;
import dev.pigeonhole.web.contract.OpenApi.Operation;
import dev.pigeonhole.web.contract.OpenApi.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read of the API and what machines read of it is the same. */
class ApiDocsTest {
    private static final ApiDocs DOCS = ApiDocs.load();
    private static final OpenApi API = OpenApi.load();
    private static final Map<String, String> EXAMPLES = DOCS.examples();

    private final Contract contract = Contract.load();

    static List<Request> requests() {
        return DOCS.requests();
    }

    static Set<String> examples() {
        return EXAMPLES.keySet();
    }

    @Test
    void theTablesAndTheDescriptionKnowTheSameRequests() {
        assertThat(API.operations().stream().map(Operation::name))
                .containsExactlyInAnyOrderElementsOf(
                        DOCS.requests().stream().map(Request::name).toList());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theDescriptionKnowsEachStatusOfTheTable(Request request) {
        assertThat(statuses(request)).containsAll(request.statuses());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestSucceedsWithTheStatusOfTheTable(Request request) {
        assertThat(statuses(request).stream().filter(status -> status < 300))
                .containsExactlyElementsOf(
                        request.statuses().isEmpty()
                                ? List.of(200)
                                : request.statuses().stream()
                                        .filter(status -> status < 300)
                                        .toList());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theDescriptionKnowsEachQueryParameterOfTheTable(Request request) {
        assertThat(queryNames(request)).containsAll(request.query());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleMatchesItsSchema(String schema) {
        contract.checkSchema(schema, EXAMPLES.get(schema));
    }

    @Test
    void allExamplesAreFound() {
        assertThat(EXAMPLES).containsOnlyKeys("Meta", "Draft", "Lint", "Estimate", "Trial", "Job", "Row", "RowPage");
    }

    @Test
    void theExamplesInTheTablesMatchToo() {
        List<String> checked = new ArrayList<>();
        for (Request request : DOCS.requests()) {
            for (String body : whole(request.answered())) {
                int status = request.statuses().iterator().next();
                contract.check(request.method(), request.path(), status, "application/json", body);
                checked.add(request.name() + " answers " + body);
            }
            for (String body : whole(request.sent())) {
                if (takesJson(request)) {
                    contract.checkTaken(request.method(), request.path(), "application/json", body);
                    checked.add(request.name() + " takes " + body);
                }
            }
        }
        // Few are left out: those that say in words what stands there.
        assertThat(checked.size()).as("examples").isGreaterThan(24);
    }

    private static List<String> whole(List<String> written) {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        return written.stream()
                .map(json -> ApiDocs.filled(json, EXAMPLES))
                .filter(json -> isJson(mapper, json))
                .toList();
    }

    private static boolean isJson(JsonMapper mapper, String json) {
        try {
            mapper.readTree(json);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean takesJson(Request request) {
        return operation(request)
                .at("requestBody")
                .at("content")
                .at("application/json")
                .exists();
    }

    private static List<Integer> statuses(Request request) {
        return operation(request).at("responses").names().stream()
                .map(Integer::valueOf)
                .toList();
    }

    private static Set<String> queryNames(Request request) {
        Place parameters = operation(request).at("parameters");
        return Stream.iterate(0, i -> i + 1)
                .limit(parameters.node().size())
                .map(i -> API.resolve(new Place(
                        parameters.pointer().appendIndex(i), parameters.node().get(i))))
                .filter(place -> place.node().path("in").asText().equals("query"))
                .map(place -> place.node().path("name").asText())
                .collect(Collectors.toSet());
    }

    private static Place operation(Request request) {
        return API.operation(request.method(), request.path()).orElseThrow().place();
    }
}

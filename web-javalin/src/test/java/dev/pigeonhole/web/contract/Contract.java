package dev.pigeonhole.web.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pigeonhole.web.contract.OpenApi.Operation;
import dev.pigeonhole.web.contract.OpenApi.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds answers of the server against {@code openapi.json}. Thread-safe. Every fault is an {@link AssertionError}. */
public final class Contract {
    /** What the server may answer before it knows what was asked for. */
    private static final Set<Integer> BEFORE_ROUTING = Set.of(400, 401, 403, 404, 405, 421, 429);

    private static final String PROBLEM = "application/problem+json";
    private static final int SHOWN = 2_000;

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final OpenApi api;
    private final Schemas schemas;

    private Contract(OpenApi api) {
        this.api = api;
        this.schemas = new Schemas(api);
    }

    public static Contract load() {
        return new Contract(OpenApi.load());
    }

    static Contract of(OpenApi api) {
        return new Contract(api);
    }

    /** Methods and whole paths of all that can be asked: {@code GET /api/v1/jobs/{id}}. */
    public Set<String> requests() {
        return api.operations().stream()
                .map(operation -> operation.method() + " " + OpenApi.BASE + operation.path())
                .collect(Collectors.toSet());
    }

    /**
     * Checks an answer.
     *
     * @param path as asked for, or as in the description; with or without base path and query
     * @param contentType of the answer; null if it has none
     * @throws AssertionError the request, the status or the kind of content is not described, or the body does not match
     */
    public void check(String method, String path, int status, @Nullable String contentType, String body) {
        String asked = method + " " + path + " answered " + status;
        Optional<Operation> operation = operation(method, path);
        if (operation.isEmpty()) {
            checkUnknown(asked, method, path, status, contentType, body);
            return;
        }
        Place responses = operation.get().place().at("responses");
        Place response = responses.at(Integer.toString(status));
        if (!response.exists()) {
            throw fault(asked, "a status that openapi.json does not know; it knows " + responses.names(), body);
        }
        checkContent(asked, api.resolve(response).at("content"), contentType, body);
    }

    /**
     * Checks that an answer has the headers that the description promises.
     *
     * @throws AssertionError one is missing
     */
    public void checkHeaders(String method, String path, int status, Set<String> headers) {
        Set<String> found =
                headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        operation(method, path)
                .map(operation -> operation.place().at("responses").at(Integer.toString(status)))
                .map(response -> api.resolve(response).at("headers"))
                .stream()
                .flatMap(Place::members)
                .filter(header -> header.node().path("required").asBoolean())
                .map(OpenApi::nameOf)
                .filter(name -> !found.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> {
                    throw fault(method + " " + path + " answered " + status, "no header " + name, "");
                });
    }

    /**
     * Checks a body that was sent, and that the server took.
     *
     * @throws AssertionError the server takes what is not described
     */
    public void checkTaken(String method, String path, @Nullable String contentType, String body) {
        Optional<Operation> operation = operation(method, path);
        if (operation.isPresent() && !body.isEmpty()) {
            Place content = operation.get().place().at("requestBody").at("content");
            checkContent("the server took the body of " + method + " " + path, content, contentType, body);
        }
    }

    /**
     * Checks the data of an event.
     *
     * @throws AssertionError the name is not described, or the data does not match
     */
    public void checkEvent(String path, String name, String data) {
        String asked = "event " + name + " of GET " + path;
        Place stream = operation("GET", path)
                .map(operation -> operation.place().at("responses").at("200").at("content"))
                .map(content -> content.at("text/event-stream"))
                .filter(Place::exists)
                .orElseThrow(() -> fault(asked, "openapi.json knows no events there", data));
        checkEventName(asked, stream.node().path("x-event-names"), name, data);
        checkBody(asked, stream.at("x-event-data"), data);
    }

    private static void checkEventName(String asked, JsonNode names, String name, String data) {
        for (JsonNode known : names) {
            if (known.asText().equals(name)) {
                return;
            }
        }
        throw fault(asked, "an event that openapi.json does not know; it knows " + names, data);
    }

    /** Checks JSON against a schema of the description by its name, such as {@code Job}. */
    public void checkSchema(String schema, String json) {
        checkBody("this is no " + schema, api.schema(schema), json);
    }

    private Optional<Operation> operation(String method, String path) {
        return api.template(OpenApi.relative(path))
                .flatMap(template -> api.operation(method.toUpperCase(Locale.ROOT), template));
    }

    private void checkUnknown(
            String asked, String method, String path, int status, @Nullable String contentType, String body) {
        if (!BEFORE_ROUTING.contains(status)) {
            throw fault(asked, "a request that openapi.json does not know; it knows " + methods(path), body);
        }
        if (!media(contentType).equals(PROBLEM)) {
            throw fault(asked, "an error that is not " + PROBLEM + " but " + contentType, body);
        }
        checkBody(asked, api.schema("Problem"), body);
    }

    private String methods(String path) {
        Optional<String> template = api.template(OpenApi.relative(path));
        return template.map(known -> api.operations().stream()
                        .filter(operation -> operation.path().equals(known))
                        .map(Operation::name)
                        .collect(Collectors.joining(", ")))
                .orElse("no such path");
    }

    private void checkContent(String asked, Place content, @Nullable String contentType, String body) {
        if (!content.exists()) {
            if (!body.isEmpty()) {
                throw fault(asked, "a body where openapi.json has none", body);
            }
            return;
        }
        Place kind = content.at(media(contentType));
        if (!kind.exists()) {
            throw fault(asked, "as " + contentType + "; openapi.json knows " + content.names(), body);
        }
        if (media(contentType).endsWith("json")) {
            checkBody(asked, kind.at("schema"), body);
        }
    }

    private void checkBody(String asked, Place schema, String body) {
        JsonNode value;
        try {
            value = mapper.readTree(body);
        } catch (JsonProcessingException e) {
            throw fault(asked, "what is not JSON: " + e.getOriginalMessage(), body);
        }
        List<String> faults = schemas.faults(schema.pointer(), value);
        if (!faults.isEmpty()) {
            throw fault(asked, "what does not match openapi.json:\n  " + String.join("\n  ", faults), body);
        }
    }

    private static String media(@Nullable String contentType) {
        return contentType == null
                ? ""
                : contentType.replaceFirst(";.*$", "").strip().toLowerCase(Locale.ROOT);
    }

    private static AssertionError fault(String asked, String found, String body) {
        String shown = body.length() > SHOWN ? body.substring(0, SHOWN) + "…" : body;
        return new AssertionError(asked + ": " + found + "\nbody: " + shown);
    }
}

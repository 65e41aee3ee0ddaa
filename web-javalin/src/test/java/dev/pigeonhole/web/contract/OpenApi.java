package dev.pigeonhole.web.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The description of the API, as it is in the jar. Immutable. */
final class OpenApi {
    static final String BASE = "/api/v1";

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final String text;
    private final JsonNode root;

    /** A place in the document, by JSON pointer, and what is there. */
    record Place(JsonPointer pointer, JsonNode node) {
        Place at(String name) {
            JsonPointer next = pointer.appendProperty(name);
            return new Place(next, node.path(name));
        }

        boolean exists() {
            return !node.isMissingNode();
        }

        List<String> names() {
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            return names;
        }

        Stream<Place> members() {
            return names().stream().map(this::at);
        }
    }

    /** What can be asked for: {@code GET /drafts/{id}}. */
    record Operation(String method, String path, Place place) {
        String name() {
            return method + " " + path;
        }

        /** As a test shows it. */
        @Override
        public String toString() {
            return name();
        }
    }

    private OpenApi(String text, JsonNode root) {
        this.text = text;
        this.root = root;
    }

    static OpenApi load() {
        try (InputStream file = OpenApi.class.getResourceAsStream("/dev/pigeonhole/web/openapi.json")) {
            return of(new String(Objects.requireNonNull(file, "openapi.json").readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OpenApi of(String text) throws IOException {
        JsonMapper strict = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return new OpenApi(text, strict.readTree(text));
    }

    String text() {
        return text;
    }

    Place root() {
        return new Place(JsonPointer.empty(), root);
    }

    Place schema(String name) {
        return root().at("components").at("schemas").at(name);
    }

    List<Operation> operations() {
        return root().at("paths")
                .members()
                .flatMap(item -> item.members()
                        .filter(place -> METHODS.contains(nameOf(place)))
                        .map(place -> new Operation(nameOf(place).toUpperCase(Locale.ROOT), nameOf(item), place)))
                .toList();
    }

    /** The path as it stands in the document; literal names go before placeholders. */
    Optional<String> template(String path) {
        List<String> asked = parts(path);
        return root().at("paths").names().stream()
                .filter(template -> fits(parts(template), asked))
                .min(Comparator.comparingInt(OpenApi::placeholders));
    }

    Optional<Operation> operation(String method, String template) {
        return operations().stream()
                .filter(one -> one.path().equals(template) && one.method().equals(method))
                .findFirst();
    }

    /** The same place, or the one that it refers to. */
    Place resolve(Place place) {
        String target = place.node().path("$ref").asText("");
        if (!target.startsWith("#")) {
            return place;
        }
        JsonPointer pointer = JsonPointer.compile(target.substring(1));
        return resolve(new Place(pointer, root.at(pointer)));
    }

    /** The path without host, base path and query. */
    static String relative(String path) {
        String bare = path.replaceFirst("^https?://[^/]+", "").replaceFirst("[?#].*$", "");
        return bare.startsWith(BASE + "/") ? bare.substring(BASE.length()) : bare;
    }

    static String nameOf(Place place) {
        JsonPointer last = place.pointer().last();
        return last == null ? "" : last.getMatchingProperty();
    }

    private static boolean fits(List<String> template, List<String> asked) {
        if (template.size() != asked.size()) {
            return false;
        }
        for (int i = 0; i < asked.size(); i++) {
            boolean same = template.get(i).equals(asked.get(i));
            boolean filled = template.get(i).startsWith("{") && !asked.get(i).isEmpty();
            if (!same && !filled) {
                return false;
            }
        }
        return true;
    }

    private static int placeholders(String template) {
        return (int) template.chars().filter(c -> c == '{').count();
    }

    private static List<String> parts(String path) {
        return List.of(path.split("/", -1));
    }
}

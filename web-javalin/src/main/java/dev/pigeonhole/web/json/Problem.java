package dev.pigeonhole.web.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a request. Immutable.
 *
 * @param detail for a person: what was found, where, what was expected, what to do. No secrets, no row text
 * @param more other members, by name
 */
public record Problem(ProblemType type, String detail, Map<String, Object> more) {
    public Problem {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(detail, "detail");
        more = Map.copyOf(more);
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, Map.of());
    }

    Map<String, @Nullable Object> toMap(String instance) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", type.uri());
        map.put("title", type.title());
        map.put("status", type.status());
        map.put("detail", detail);
        map.put("instance", instance);
        map.putAll(more);
        return map;
    }
}

package dev.pigeonhole.web.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

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

    /**
     * As RFC 9457 has it.
     *
     * @param instance path of the request
     */
    public Map<String, Object> toMap(String instance) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", type.uri());
        map.put("title", type.title());
        map.put("status", type.status());
        map.put("detail", detail);
        map.put("instance", instance);
        map.putAll(more);
        return map;
    }
}

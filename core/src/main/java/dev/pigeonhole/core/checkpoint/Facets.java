package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.FailureCause;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The rows behind a filter, counted in several ways. Immutable.
 *
 * @param counts by status
 * @param byCategory rows of each category that has any, in the order of the taxonomy
 * @param byCause failed rows of each cause that has any
 * @param bySource rows of each source that has any: {@code local}, a language model's name, {@code cache}, {@code human}
 * @param reviewed rows of which a person has said something that still holds
 * @param exact whether these are all rows: very many hits of a search are not all counted
 */
public record Facets(
        Counts counts,
        Map<String, Long> byCategory,
        Map<FailureCause, Long> byCause,
        Map<String, Long> bySource,
        long reviewed,
        boolean exact) {
    public Facets {
        Objects.requireNonNull(counts, "counts");
        byCategory = Collections.unmodifiableMap(new LinkedHashMap<>(byCategory));
        EnumMap<FailureCause, Long> causes = new EnumMap<>(FailureCause.class);
        causes.putAll(byCause);
        byCause = Collections.unmodifiableMap(causes);
        bySource = Collections.unmodifiableMap(new LinkedHashMap<>(bySource));
    }
}

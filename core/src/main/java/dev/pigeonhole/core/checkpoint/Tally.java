package dev.pigeonhole.core.checkpoint;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All outcomes of a job, counted. Immutable.
 *
 * @param counts by status
 * @param byCategory rows of each category that has any, in the order of the taxonomy
 * @param byCause failed rows of each cause that has any
 */
public record Tally(Counts counts, Map<String, Long> byCategory, Map<FailureCause, Long> byCause) {
    public Tally {
        Objects.requireNonNull(counts, "counts");
        byCategory = Collections.unmodifiableMap(new LinkedHashMap<>(byCategory));
        EnumMap<FailureCause, Long> causes = new EnumMap<>(FailureCause.class);
        causes.putAll(byCause);
        byCause = Collections.unmodifiableMap(causes);
    }

    /** Counts from zero; {@code categories} give the order. */
    public static Builder builder(List<String> categories) {
        return new Builder(categories);
    }

    /** Counts outcomes one by one. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Rows> byCategory = new LinkedHashMap<>();
        private final Map<FailureCause, Long> byCause = new EnumMap<>(FailureCause.class);
        private long categorized;
        private long unmatched;
        private long failed;
        private long skipped;

        private Builder(List<String> categories) {
            categories.forEach(category -> byCategory.put(category, new Rows()));
        }

        public void add(Outcome outcome) {
            if (outcome instanceof Outcome.Categorized answer) {
                categorized++;
                byCategory.computeIfAbsent(answer.category(), name -> new Rows()).number++;
            } else if (outcome instanceof Outcome.Failed failure) {
                failed++;
                byCause.merge(failure.cause(), 1L, Long::sum);
            } else if (outcome instanceof Outcome.Unmatched) {
                unmatched++;
            } else {
                skipped++;
            }
        }

        public Tally build() {
            Map<String, Long> seen = new LinkedHashMap<>();
            byCategory.forEach((category, rows) -> {
                if (rows.number > 0) {
                    seen.put(category, rows.number);
                }
            });
            return new Tally(new Counts(categorized, unmatched, failed, skipped), seen, byCause);
        }

        /** A number that grows in place. */
        private static final class Rows {
            private long number;
        }
    }
}

package dev.pigeonhole.quality;

import dev.pigeonhole.core.Outcome;
import java.util.Map;

/**
 * What came of some rows when so many of them at once were asked about. Immutable.
 *
 * @param size rows in a call at most, at least 1
 * @param outcomes by number of the row
 * @param finished whether all rows were asked about
 */
public record SizeAnswers(int size, Map<Long, Outcome> outcomes, boolean finished) {
    public SizeAnswers {
        if (size < 1) {
            throw new IllegalArgumentException("size must be at least 1, was " + size);
        }
        outcomes = Map.copyOf(outcomes);
    }

    long failed() {
        return outcomes.values().stream()
                .filter(Outcome.Failed.class::isInstance)
                .count();
    }
}

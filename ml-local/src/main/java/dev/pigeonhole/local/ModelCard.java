package dev.pigeonhole.local;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Where a {@link LocalModel} comes from and how good it is. Immutable. Says nothing about the machine or the time, so the same training
 * gives the same card.
 *
 * @param method {@code svm} or {@code logistic}
 * @param rowsGiven rows that were offered, blank ones included
 * @param rowsUsed rows that were learned from; fewer if some were blank, or if there were more than training can hold
 * @param rowsPerCategory rows used, for every category in the order of the taxonomy; a category with 0 is never answered
 * @param settings the seed and all else that can change the model, by name
 * @param features how many different words, pairs of words and pieces of words it knows
 * @param accuracy share of rows that a model trained without them answered right; empty if there were too few rows to tell
 * @param calibrationError expected calibration error of the confidence over the same rows, in 10 bins; empty likewise
 * @param promises least confidences, the lowest precision first; only those that can be kept
 * @param dataFingerprint SHA-256 of the rows used, with their categories, in the order they were given
 */
public record ModelCard(
        String method,
        long rowsGiven,
        long rowsUsed,
        Map<String, Integer> rowsPerCategory,
        Map<String, String> settings,
        int features,
        OptionalDouble accuracy,
        OptionalDouble calibrationError,
        List<PrecisionPromise> promises,
        String dataFingerprint) {
    public ModelCard {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(accuracy, "accuracy");
        Objects.requireNonNull(calibrationError, "calibrationError");
        Objects.requireNonNull(dataFingerprint, "dataFingerprint");
        rowsPerCategory = Collections.unmodifiableMap(new LinkedHashMap<>(rowsPerCategory));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        promises = List.copyOf(promises);
        if (rowsUsed < 0 || rowsGiven < rowsUsed || features < 0) {
            throw new IllegalArgumentException("expected 0 <= rowsUsed <= rowsGiven and features >= 0, found rowsUsed "
                    + rowsUsed + ", rowsGiven " + rowsGiven + ", features " + features);
        }
    }

    /** Categories that no row was given for: the model never answers them. In the order of the taxonomy. */
    public List<String> categoriesWithoutRows() {
        return rowsPerCategory.entrySet().stream()
                .filter(entry -> entry.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }
}

package dev.pigeonhole.cli;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * What came of training. Immutable.
 *
 * @param features how many words and pieces of words it knows
 * @param rowsUsed rows that were learned from
 * @param rowsPerCategory of those that were learned from, in the order of the categories
 * @param accuracy share of rows that were answered right by a model that had not seen them; empty if there were too few
 * @param calibrationError expected error of the confidence, over the same rows
 * @param promises the lowest precision first
 * @param saver writes the model to a file
 */
record Trained(
        String method,
        int features,
        long rowsUsed,
        Map<String, Integer> rowsPerCategory,
        OptionalDouble accuracy,
        OptionalDouble calibrationError,
        List<Promise> promises,
        Consumer<Path> saver) {
    Trained {
        rowsPerCategory = Collections.unmodifiableMap(new LinkedHashMap<>(rowsPerCategory));
        promises = List.copyOf(promises);
    }

    /** Of the rows with at least this confidence, which are this share of all, so many are right. */
    record Promise(double precision, double minConfidence, double coverage) {}
}

package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.Item;
import java.util.List;
import java.util.Map;

/** Adds up what a job would cost. Not thread-safe. */
public interface Estimator {
    /** As {@link Categorizer#fingerprint}. */
    Map<String, String> fingerprint();

    /** As {@link Categorizer#hasLastingAnswers}. */
    boolean hasLastingAnswers();

    /** Adds one sub-batch: one call. */
    void add(List<Item> items);

    /** All that was added. */
    Estimate estimate();
}

package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Item;
import java.util.List;

/**
 * A sub-batch on its way to a categorizer.
 *
 * @param batch number of its batch
 * @param subBatch number within the batch, from 1
 * @param items what is asked
 * @param attempts calls made for it so far
 * @param weight what it takes of the window; given back when its outcomes are durable
 */
record Work(int batch, int subBatch, List<Item> items, int attempts, int weight) {
    Work {
        items = List.copyOf(items);
    }

    Work afterAttempt() {
        return new Work(batch, subBatch, items, attempts + 1, weight);
    }

    /** Two halves, so that one poisonous item does not take the others with it. */
    List<Work> halves() {
        int middle = items.size() / 2;
        return List.of(
                new Work(batch, subBatch, items.subList(0, middle), attempts, weight / 2),
                new Work(batch, subBatch, items.subList(middle, items.size()), attempts, weight - weight / 2));
    }
}

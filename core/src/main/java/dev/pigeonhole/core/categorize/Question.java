package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.Item;
import java.util.List;

/**
 * What a categorizer is asked in one call: the items of a sub-batch, or some of them again. Immutable.
 *
 * @param items never empty, each row once
 * @param round how many answers about these items were unusable before; from 0
 */
public record Question(List<Item> items, int round) {
    public Question {
        items = List.copyOf(items);
        if (items.isEmpty() || round < 0) {
            throw new IllegalArgumentException(items.size() + " items, round " + round);
        }
        if (!isAscending(items)
                && items.stream().mapToLong(Item::row).distinct().count() != items.size()) {
            throw new IllegalArgumentException("a row is asked about twice");
        }
    }

    /** Nearly all questions are, and then no row is there twice. */
    private static boolean isAscending(List<Item> items) {
        for (int i = 1; i < items.size(); i++) {
            if (items.get(i).row() <= items.get(i - 1).row()) {
                return false;
            }
        }
        return true;
    }

    /** The first question about these items. */
    public static Question first(List<Item> items) {
        return new Question(items, 0);
    }
}

package dev.pigeonhole.cascade;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.categorize.Decision;
import dev.pigeonhole.core.categorize.Pass;

/**
 * Asks about nothing: answers that are there are used, and what is left is seen. For the reader, and behind it for the thread that runs
 * the job.
 */
final class LookPass implements Pass {
    private volatile boolean anyLeft;

    @Override
    public boolean isLast() {
        return false;
    }

    @Override
    public Decision decide(Item item) {
        anyLeft = true;
        return Decision.LEAVE;
    }

    /** Whether there is a row without an outcome. */
    boolean hasSeenAny() {
        return anyLeft;
    }
}

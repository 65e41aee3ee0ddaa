package dev.pigeonhole.cascade;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.categorize.Decision;
import dev.pigeonhole.core.categorize.Pass;

/** Asks about the rows that were drawn. */
record DrawPass(Draw draw, long rows, double upTo) implements Pass {
    @Override
    public boolean isLast() {
        return false;
    }

    @Override
    public long next(long row) {
        return draw.next(row, rows, 0, upTo);
    }

    @Override
    public Decision decide(Item item) {
        return Decision.ASK;
    }
}

package dev.pigeonhole.cascade;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.categorize.Decision;
import dev.pigeonhole.core.categorize.Pass;

/** Asks about the rows of a part of the file that a classifier is least sure of. */
record RoundPass(Draw draw, long rows, double from, double to, Classifier classifier, double below) implements Pass {
    @Override
    public boolean isLast() {
        return false;
    }

    @Override
    public long next(long row) {
        return draw.next(row, rows, from, to);
    }

    @Override
    public Decision decide(Item item) {
        return classifier.guess(item.text()).confidence() < below ? Decision.ASK : Decision.LEAVE;
    }
}

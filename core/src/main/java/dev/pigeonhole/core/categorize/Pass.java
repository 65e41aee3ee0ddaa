package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.Item;

/**
 * One way through the rows of a job, from the first to the last: says what is done about each row that has a text and no outcome
 * yet. A run of a job makes one pass, or several; rows whose outcome is known (recorded, answered for the same text, paid for in an
 * earlier run) are in none of them. Used by one thread, the reader.
 */
public interface Pass {
    /** Asks about all that is left. */
    static Pass rest() {
        return new Pass() {
            @Override
            public boolean isLast() {
                return true;
            }

            @Override
            public Decision decide(Item item) {
                return Decision.ASK;
            }
        };
    }

    /** Whether it leaves no row; only then are batch files written. */
    boolean isLast();

    /**
     * The first row, this one or a later one, that the pass may be about; the rows between are not looked at. The last pass is about
     * all rows.
     *
     * @param row from 1
     * @return a number beyond the last row if there is none
     */
    default long next(long row) {
        return row;
    }

    /** What is done about a row; the same item always gets the same decision within a pass. */
    Decision decide(Item item);
}

package dev.pigeonhole.core.job;

import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.categorize.Decision;
import dev.pigeonhole.core.categorize.Lane;
import dev.pigeonhole.core.categorize.Pass;

/** The two passes of a lane: questions go in, and answers come out. */
final class LanePasses {
    private LanePasses() {}

    /** What a pass asks about is put into the lane, each text once; all other rows are left. */
    static Pass collecting(Pass pass, Lane lane, AskedTexts texts) {
        return new Pass() {
            @Override
            public boolean isLast() {
                return false;
            }

            @Override
            public long next(long row) {
                return pass.next(row);
            }

            @Override
            public Decision decide(Item item) {
                if (lane.isUnderWay(item.row())) {
                    texts.add(item.text());
                    return Decision.LEAVE;
                }
                boolean asks = lane.takes(item.row()) && pass.decide(item) instanceof Decision.Ask;
                return asks && !texts.add(item.text()) ? Decision.ASK : Decision.LEAVE;
            }
        };
    }

    /** Answers that have come are used, for these rows and those with the same texts among them; nobody is asked. */
    static Pass delivered(Lane.Delivery.Arrived arrived) {
        return new Pass() {
            @Override
            public boolean isLast() {
                return false;
            }

            @Override
            public long next(long row) {
                long next = Math.max(row, arrived.firstRow());
                return next <= arrived.lastRow() ? next : Long.MAX_VALUE;
            }

            @Override
            public Decision decide(Item item) {
                return Decision.LEAVE;
            }
        };
    }
}

package dev.pigeonhole.llm.money;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.categorize.NotSentException;

/** Adds up only. Thread-safe. */
final class UncappedBudget implements Budget {
    private Money spent = Money.ZERO;
    private boolean stopped;

    @Override
    public synchronized Reservation reserve(Money worst) {
        if (stopped) {
            throw new NotSentException();
        }
        return new OneReservation(worst, this::end);
    }

    @Override
    public Purse purse() {
        return new Purse() {
            @Override
            public boolean offer(Money worst) {
                return true;
            }

            @Override
            public void adopt(Money worst) {
                // Nothing is ever refused, so nothing has to be set aside.
            }

            @Override
            public void end(Money setAside, Money actual) {
                UncappedBudget.this.end(setAside, actual);
            }
        };
    }

    private synchronized void end(Money reserved, Money actual) {
        spent = spent.plus(actual);
    }

    @Override
    public synchronized Money spent() {
        return spent;
    }

    @Override
    public synchronized void stop() {
        stopped = true;
    }
}

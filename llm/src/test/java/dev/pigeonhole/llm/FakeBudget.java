package dev.pigeonhole.llm;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.NotSentException;
import dev.pigeonhole.llm.money.Budget;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Allows so many calls, and notes how reservations end. Thread-safe. */
final class FakeBudget implements Budget {
    final List<String> ends = new CopyOnWriteArrayList<>();
    final List<Money> reserved = new CopyOnWriteArrayList<>();
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final int allowed;

    FakeBudget(int allowed) {
        this.allowed = allowed;
    }

    @Override
    public Reservation reserve(Money worstCase) {
        if (stopped.get()) {
            throw new NotSentException();
        }
        if (given.get() >= allowed) {
            throw new JobPausedException(PauseReason.BUDGET, "the cap is reached", null);
        }
        given.incrementAndGet();
        reserved.add(worstCase);
        return new FakeReservation();
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
                reserved.add(worst);
            }

            @Override
            public void end(Money setAside, Money actual) {
                ends.add("settled");
            }
        };
    }

    @Override
    public Money spent() {
        return Money.ZERO;
    }

    @Override
    public void stop() {
        stopped.set(true);
    }

    int open() {
        return given.get() - ends.size();
    }

    private final class FakeReservation implements Reservation {
        private final AtomicBoolean ended = new AtomicBoolean();

        private void end(String how) {
            if (!ended.compareAndSet(false, true)) {
                throw new AssertionError("a reservation ended twice");
            }
            ends.add(how);
        }

        @Override
        public void settle(Money actual) {
            end("settled");
        }

        @Override
        public void release() {
            end("released");
        }

        @Override
        public void keep() {
            end("kept");
        }
    }
}

package dev.pigeonhole.llm.money;

import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.NotSentException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Refuses what may exceed the cap. Thread-safe. */
final class CappedBudget implements Budget {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Money cap;
    private Money spent;
    private Money reserved = Money.ZERO;
    /** For calls that take hours; part of what is reserved. */
    private Money inPurse = Money.ZERO;

    private boolean stopped;

    CappedBudget(Money cap, Money alreadySpent) {
        this.cap = cap;
        this.spent = alreadySpent;
    }

    @Override
    public Reservation reserve(Money worst) {
        lock.lock();
        try {
            while (!stopped) {
                Money left = cap.minus(spent);
                if (worst.compareTo(left.minus(reserved)) <= 0) {
                    reserved = reserved.plus(worst);
                    return new OneReservation(worst, this::end);
                }
                if (worst.compareTo(left.minus(inPurse)) > 0) {
                    throw reached(worst);
                }
                changed.await();
            }
            throw new NotSentException();
        } catch (InterruptedException e) {
            // The engine interrupts nobody. If somebody else does: this call is not sent, and they can see it.
            Thread.currentThread().interrupt();
            throw new NotSentException();
        } finally {
            lock.unlock();
        }
    }

    private JobPausedException reached(Money worst) {
        return new JobPausedException(
                PauseReason.BUDGET,
                "money cap of " + cap + " reached: " + spent + " spent, and the next call may cost up to " + worst
                        + "; resume with a higher --max-cost to go on",
                null);
    }

    @Override
    public Purse purse() {
        return new Purse() {
            @Override
            public boolean offer(Money worst) {
                return setAside(worst, false);
            }

            @Override
            public void adopt(Money worst) {
                setAside(worst, true);
            }

            @Override
            public void end(Money setAside, Money actual) {
                CappedBudget.this.end(setAside, setAside, actual);
            }
        };
    }

    private boolean setAside(Money worst, boolean anyway) {
        lock.lock();
        try {
            boolean fits = worst.compareTo(cap.minus(spent).minus(reserved)) <= 0;
            if (fits || anyway) {
                reserved = reserved.plus(worst);
                inPurse = inPurse.plus(worst);
            }
            return fits;
        } finally {
            lock.unlock();
        }
    }

    private void end(Money setAside, Money actual) {
        end(setAside, Money.ZERO, actual);
    }

    private void end(Money setAside, Money ofPurse, Money actual) {
        lock.lock();
        try {
            reserved = reserved.minus(setAside);
            inPurse = inPurse.minus(ofPurse);
            spent = spent.plus(actual);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Money spent() {
        lock.lock();
        try {
            return spent;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

package dev.pigeonhole.llm.money;

import dev.pigeonhole.core.Money;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** Ends once. Thread-safe. */
final class OneReservation implements Budget.Reservation {
    private final Money reserved;
    private final BiConsumer<Money, Money> end;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** @param end gets what was set aside, and what was spent of it */
    OneReservation(Money reserved, BiConsumer<Money, Money> end) {
        this.reserved = reserved;
        this.end = end;
    }

    @Override
    public void settle(Money actual) {
        if (!ended.compareAndSet(false, true)) {
            throw new IllegalStateException("this reservation has ended before");
        }
        end.accept(reserved, actual);
    }

    @Override
    public void release() {
        settle(Money.ZERO);
    }

    @Override
    public void keep() {
        settle(reserved);
    }
}

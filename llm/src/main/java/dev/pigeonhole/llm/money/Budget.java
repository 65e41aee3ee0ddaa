package dev.pigeonhole.llm.money;

import dev.pigeonhole.core.Money;

/**
 * Keeps spending below a cap: the most that a call can cost is set aside before it is sent. Thread-safe. Set money aside before
 * a place is taken for the call, since it may be waited for here until other calls have ended.
 */
public interface Budget {
    /** A budget that adds up what is spent, and refuses nothing. */
    static Budget unlimited() {
        return new UncappedBudget();
    }

    /**
     * A budget that is never exceeded, unless a call costs more than was set aside for it.
     *
     * @param alreadySpent what earlier runs of the job cost
     */
    static Budget capped(Money cap, Money alreadySpent) {
        return new CappedBudget(cap, alreadySpent);
    }

    /**
     * Sets money aside for one call. If it does not fit now, but may fit when calls under way have ended, waits for that.
     *
     * @param worst the most that the call can cost
     * @throws dev.pigeonhole.core.categorize.JobPausedException it does not fit, whatever the calls under way cost in the end
     * @throws dev.pigeonhole.core.categorize.NotSentException {@link #stop} was called
     */
    Reservation reserve(Money worst);

    /** Takes money for calls that take hours; nobody waits for what is set aside there. */
    Purse purse();

    /** What was spent: what was there before, what was settled, what was kept. Without what is set aside for calls under way. */
    Money spent();

    /** Lets nobody wait any more: those who do, and those who come, are turned away. Ends of calls are still noted. */
    void stop();

    /** Money set aside for one call. It must be ended by exactly one of its methods. */
    interface Reservation {
        /** The call cost this much. */
        void settle(Money actual);

        /** The call cost nothing. */
        void release();

        /** Nobody knows whether the call is billed: what was set aside counts as spent. */
        void keep();
    }

    /** Money set aside for many calls together, which end one by one or in groups. Thread-safe. */
    interface Purse {
        /**
         * Sets money aside for a call, if it fits now.
         *
         * @param worst the most that the call can cost
         */
        boolean offer(Money worst);

        /** Sets money aside for calls that were sent by an earlier run, whether it fits or not. */
        void adopt(Money worst);

        /**
         * Calls have ended.
         *
         * @param setAside for these calls
         * @param actual what they cost
         */
        void end(Money setAside, Money actual);
    }
}

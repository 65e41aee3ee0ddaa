package dev.pigeonhole.llm.pace;

import java.time.Duration;

/**
 * Decides when a call may be sent: keeps to the limits on requests and tokens a minute, adapts the number of calls in flight,
 * and holds back while the server is down. Thread-safe.
 */
public interface Pacer {
    /**
     * Waits until a call may be sent. Every permit must be ended by exactly one of its methods.
     *
     * @param tokens the most tokens that the call can take, input and output
     * @throws dev.pigeonhole.core.categorize.NotSentException {@link #stop} was called
     */
    Permit acquire(long tokens);

    /** Calls that wait for a permit now. */
    int held();

    /** Lets nobody wait any more: those who do, and those who come, are turned away. */
    void stop();

    /** Leave to send one call. */
    interface Permit {
        /**
         * The call was answered.
         *
         * @param tokens what it really took
         * @param took from sending to the answer
         */
        void answered(long tokens, RateLimits limits, Duration took);

        /** The call was refused because of a rate limit. */
        void limited(RateLimits limits);

        /** The call failed because the server is down, too busy, or too slow. */
        void failed(RateLimits limits);

        /** The call ended in another way: refused for its content, or never sent. It says nothing about the server's state. */
        void released();
    }
}

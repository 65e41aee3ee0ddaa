package dev.pigeonhole.core.ledger;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * The port: every call of a job that may cost money, from before it is sent. Thread-safe; many threads write at once. What was
 * written is durable when the method returns. Every method throws {@link dev.pigeonhole.core.StorageException} if the store
 * fails, and {@link dev.pigeonhole.core.PermanentException} if the job was taken over.
 */
public interface CallLedger {
    /** A ledger that forgets, for tests and for callers without a job. */
    static CallLedger inMemory() {
        return new InMemoryLedger();
    }

    /**
     * Notes that a call is about to be sent.
     *
     * @return its number in this job, from 1
     */
    long begin(CallIntent intent);

    /**
     * Keeps the answer of a call, before anybody reads it.
     *
     * @throws IllegalArgumentException the call was not begun, or has ended already
     */
    void answered(long call, CallAnswer answer);

    /**
     * Notes that a call ended without an answer and without a cost. A call of which that is not certain is left as it is.
     *
     * @throws IllegalArgumentException the call was not begun, or has ended already
     */
    void unbilled(long call);

    /**
     * Like {@link #begin} for calls that are sent together: all, or none.
     *
     * @param intents at least one
     * @return the number of the first; the others follow without gaps
     */
    long beginAll(List<CallIntent> intents);

    /**
     * Like {@link #answered} and {@link #unbilled} for calls whose answers come together: all, or none. What has ended already stays
     * as it is, so that the same may be said twice.
     *
     * @param ends by number of the call; empty for one that ended without an answer and without a cost
     * @throws IllegalArgumentException a call was not begun
     */
    void endAll(SortedMap<Long, Optional<CallAnswer>> ends);

    /** Hands over, in the order of their numbers, the calls that have not ended: under way, or of an unknown end. */
    void forEachOpen(OpenCall consumer);

    /** Takes a call that has not ended. */
    @FunctionalInterface
    interface OpenCall {
        void accept(long number, CallIntent intent);
    }

    /** What all calls of the job add up to. Fast. */
    Bill bill();

    /**
     * Hands over all answered calls, one at a time, the latest first: what was last said about a row is what holds, because a row is
     * asked about again only if the answer before was not used, or was a failure.
     */
    void forEachAnswer(Consumer<PaidCall> consumer);

    /**
     * Hands over, the latest first, the answered calls that were not marked as settled by
     * {@link dev.pigeonhole.core.checkpoint.Recording}: their answers were paid for and not used yet.
     */
    void forEachUnsettled(Consumer<PaidCall> consumer);
}

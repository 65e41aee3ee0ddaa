package dev.pigeonhole.core.categorize;

import java.time.Duration;

/**
 * The slow and cheap way to ask: questions are handed over in large numbers, and their answers come into the job's
 * {@link dev.pigeonhole.core.ledger.CallLedger} hours later, where a pass finds them like answers that an earlier run has paid for. What
 * the lane brings no answer for is asked about by {@link Conversation#ask}. What was put stays under way when the process ends; the
 * next run of the job goes on waiting for it. Thread-safe.
 */
public interface Lane {
    /** Whether the row is part of a question that was put, and no answer has come yet. */
    boolean isUnderWay(long row);

    /**
     * Whether the row may be put: not if it was tried in vain often enough, if the time for it is over, or if there is no money left to
     * set aside now.
     */
    boolean takes(long row);

    /**
     * Takes a question. It may be sent later, with others; if the process ends before, it was not sent, and the next run puts it again.
     *
     * @return false if it was not taken; it stays where it is
     * @throws JobPausedException no question can be taken until the user does something
     * @throws NotSentException {@link #stop} was called
     */
    boolean put(Question question);

    /**
     * Sends what was put, and waits until answers of some questions are in the ledger.
     *
     * @param atMost how long to wait
     * @throws TransientCategorizerException the provider cannot be reached, for longer than it is worth waiting
     * @throws JobPausedException waiting makes no sense until the user does something
     * @throws NotSentException {@link #stop} was called
     */
    Delivery await(Duration atMost);

    /** What {@link #await} has seen. */
    sealed interface Delivery {
        /** Answers are in the ledger, for rows in this range; rows of it without an answer are not under way any more. */
        record Arrived(long firstRow, long lastRow) implements Delivery {}

        /** Nothing new; questions are under way. */
        record Waiting() implements Delivery {}

        /** Nothing is under way. */
        record Done() implements Delivery {}
    }

    /** Whether collecting once more makes sense: questions came back unasked, or had no room when they were offered. */
    boolean wantsMore();

    /** How it stands. */
    LaneStatus status();

    /** Sends nothing more and waits for nothing; what is under way stays so. */
    void stop();
}

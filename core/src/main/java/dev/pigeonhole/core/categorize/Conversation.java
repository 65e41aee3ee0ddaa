package dev.pigeonhole.core.categorize;

import dev.pigeonhole.core.ledger.PaidCall;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A categorizer at work for one run of one job. Thread-safe: the engine asks from several threads at once.
 */
public interface Conversation extends AutoCloseable {
    /**
     * Makes one call. Blocks until it is answered.
     *
     * @throws TransientCategorizerException the call failed, and may succeed later; the engine asks the same again
     * @throws PermanentCategorizerException the call failed, and will fail again
     * @throws JobPausedException no call can succeed until the user does something
     * @throws NotSentException {@link #stop} came before the call was sent
     */
    Answer ask(Question question);

    /**
     * Reads an answer that was paid for in an earlier run. Calls nobody.
     *
     * @return outcomes of the rows that it settles; what is to be asked again is left out
     */
    default Answer read(PaidCall call) {
        return Answer.none(List.of(), OptionalLong.of(call.number()));
    }

    /** Calls that wait for their turn now, because the provider allows no more. */
    default int held() {
        return 0;
    }

    /** What a user should know about how it goes, one line each: what has come up since this was called last. Told and logged. */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * The next way through the rows. Called by the thread that runs the job, when the pass before has ended and what it asked about is
     * recorded; may take long.
     *
     * @param passes how many passes this run has made
     * @return empty if none is left; the one before was {@linkplain Pass#isLast the last} then
     */
    default Optional<Pass> nextPass(int passes) {
        return passes == 0 ? Optional.of(Pass.rest()) : Optional.empty();
    }

    /** The slow and cheap way to ask, if questions are to take it. */
    default Optional<Lane> lane() {
        return Optional.empty();
    }

    /** How far answers that were given without asking are those that asking would have brought; empty if none are. */
    default Optional<Agreement> agreement() {
        return Optional.empty();
    }

    /** How well the candidates that it shows with items serve; empty if it shows none. */
    default Optional<Shortlist> shortlist() {
        return Optional.empty();
    }

    /** How texts of known category were answered that ride along; empty if none do. */
    default Optional<Sentinels> sentinels() {
        return Optional.empty();
    }

    /** Sends nothing more: those who wait for their turn get a {@link NotSentException}. Calls under way go on. */
    default void stop() {}

    /** Frees what belongs to this run only. */
    @Override
    default void close() {}
}

package dev.pigeonhole.llm;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.PermanentCategorizerException;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What follows from a call without an answer. The one place where the exceptions of the model's port are translated. Thread-safe. */
final class Refusals {
    /** So many in a row without one answer have nothing to do with the rows. */
    private static final int MOST_IN_A_ROW = 200;

    /**
     * So many, if there was no answer at all in this run, have nothing to do with the rows either: halving brings one bad row out
     * of a hundred to stand alone sooner.
     */
    private static final int MOST_BEFORE_THE_FIRST_ANSWER = 8;
    /** Answers take longer than refusals: each call under way may yet be the first that is answered. */
    private static final int MOST_FOR_EACH_CALL = 2;

    private final ModeMemory modes;
    private final AtomicInteger inARow = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean isAnswered = new AtomicBoolean();

    Refusals(ModeMemory modes) {
        this.modes = modes;
    }

    /** A call begins. */
    void begins() {
        underWay.incrementAndGet();
    }

    /** A call has ended, and what follows from it is known. */
    void ends() {
        underWay.decrementAndGet();
    }

    /** The server does answer. */
    void answered() {
        isAnswered.set(true);
        inARow.set(0);
    }

    static TransientCategorizerException translated(ChatFailedException e) {
        FailureCause cause = switch (e.kind()) {
            case RATE_LIMIT -> FailureCause.RATE_LIMIT;
            case SERVER_ERROR -> FailureCause.HTTP_5XX;
            case TIMEOUT -> FailureCause.TIMEOUT;
            case UNREACHABLE -> FailureCause.UNREACHABLE;
            case BROKEN_ANSWER -> FailureCause.BAD_ANSWER;
        };
        return new TransientCategorizerException(
                cause, e.getMessage(), e.retryAfter().orElse(null), e);
    }

    /**
     * What is to be asked instead.
     *
     * @throws JobPausedException no other question would fare better
     * @throws PermanentCategorizerException the server supports no way of answering
     */
    Answer answer(Question question, ReplyMode mode, ChatRefusedException e) {
        return switch (e.kind()) {
            case KEY_REJECTED -> throw paused(PauseReason.KEY_REJECTED, "check the key, then resume the job", e);
            case UNKNOWN_MODEL ->
                throw paused(
                        PauseReason.KEY_REJECTED,
                        "check the name of the model and the address, then resume the job",
                        e);
            case QUOTA -> throw paused(PauseReason.QUOTA, "add credit to the account, then resume the job", e);
            case FORMAT_UNSUPPORTED -> inNextMode(question, mode, e);
            case ADAPTED -> {
                count(e);
                yield again(question);
            }
            case TOO_LONG -> Repair.halves(question, Trouble.TOO_LONG);
            case CONTENT_FILTER ->
                Repair.answer(
                        question, Verdict.nothing(question.items().size(), Trouble.FILTERED), OptionalLong.empty());
            case BAD_REQUEST -> {
                count(e);
                countBeforeTheFirstAnswer(e);
                yield Repair.halves(question, Trouble.BAD_REQUEST);
            }
        };
    }

    private Answer inNextMode(Question question, ReplyMode mode, ChatRefusedException e) {
        if (!modes.refused(mode)) {
            throw new PermanentCategorizerException(
                    FailureCause.HTTP_4XX, "the provider supports no form of answer: " + e.getMessage(), e);
        }
        return again(question);
    }

    private static Answer again(Question question) {
        return Answer.none(List.of(question), OptionalLong.empty());
    }

    private void count(ChatRefusedException e) {
        if (inARow.incrementAndGet() >= MOST_IN_A_ROW) {
            throw paused(
                    PauseReason.PROVIDER_UNAVAILABLE,
                    MOST_IN_A_ROW + " requests in a row were refused; check the settings, then resume the job",
                    e);
        }
    }

    private void countBeforeTheFirstAnswer(ChatRefusedException e) {
        int others = underWay.get() - 1;
        int most = MOST_BEFORE_THE_FIRST_ANSWER + MOST_FOR_EACH_CALL * others;
        if (!isAnswered.get() && inARow.get() >= most) {
            throw paused(
                    PauseReason.PROVIDER_UNAVAILABLE,
                    "no request was answered yet, and the first " + most
                            + " were refused; check the settings, then resume the job",
                    e);
        }
    }

    private static JobPausedException paused(PauseReason reason, String whatToDo, ChatRefusedException e) {
        return new JobPausedException(reason, e.getMessage() + "; " + whatToDo, e);
    }
}

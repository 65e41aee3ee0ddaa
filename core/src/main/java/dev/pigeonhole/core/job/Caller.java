package dev.pigeonhole.core.job;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.StorageException;
import dev.pigeonhole.core.categorize.Answer;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.NotSentException;
import dev.pigeonhole.core.categorize.PermanentCategorizerException;
import dev.pigeonhole.core.categorize.Question;
import dev.pigeonhole.core.categorize.RetryPolicy;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import java.time.Duration;
import java.util.Optional;

/** The second stage, N times: questions into outcomes. Each runs in a thread of its own. */
final class Caller implements Runnable {
    /** More than any way of asking needs; a categorizer that never comes to an end must not spend without end. */
    private static final int MOST_ATTEMPTS = 100;

    private final Answers answers;
    private final RetryPolicy retries;
    private final Stages stages;
    private final Opening opening;
    private final boolean first;

    /** @param first whether this caller makes the call that the others wait for */
    Caller(Answers answers, RetryPolicy retries, Stages stages, Opening opening, boolean first) {
        this.answers = answers;
        this.retries = retries;
        this.stages = stages;
        this.opening = opening;
        this.first = first;
    }

    @Override
    public void run() {
        try {
            if (!first) {
                opening.await();
            }
            callAll();
        } finally {
            opening.open();
        }
    }

    private void callAll() {
        for (Optional<Work> work = stages.take(); work.isPresent(); work = stages.take()) {
            opening.begins();
            call(work.get().afterAttempt());
            opening.open();
        }
        if (Thread.currentThread().isInterrupted()) {
            // The queue hands out nothing more then; the reader must not wait for it.
            stages.pause(PauseReason.USER, "a thread of the job was interrupted");
        }
    }

    private void call(Work work) {
        long begin = System.nanoTime();
        try {
            Answer answer = ask(work.question());
            stages.answered(work, answer.again().isEmpty() ? answer : bounded(work, answer), begin);
        } catch (TransientCategorizerException e) {
            retryOrGiveUp(work, e);
        } catch (PermanentCategorizerException e) {
            stages.failed(work, e.failure(), e.getMessage());
        } catch (JobPausedException e) {
            stages.pause(e.reason(), e.getMessage());
        } catch (NotSentException e) {
            stages.withdrawn();
        } catch (StorageException e) {
            throw e; // Calls cannot be entered any more: asking about halves would pay again for what cannot be kept.
        } catch (RuntimeException e) {
            isolate(work, e);
        }
    }

    private Answer ask(Question question) {
        stages.callBegins();
        try {
            return answers.ask(question);
        } finally {
            stages.callEnds();
        }
    }

    private static Answer bounded(Work work, Answer answer) {
        if (work.attempts() >= MOST_ATTEMPTS) {
            throw new PermanentCategorizerException(
                    FailureCause.CATEGORIZER_ERROR, "the categorizer asks again without end", null);
        }
        return answer;
    }

    private void retryOrGiveUp(Work work, TransientCategorizerException e) {
        Optional<Duration> delay = retries.delay(work.failures() + 1, e);
        if (delay.isPresent()) {
            stages.retry(work, delay.get(), e);
        } else {
            stages.gaveUp(work, e);
        }
    }

    /** A defect in the categorizer: find the item that it stumbles over, so that its neighbours get their answers. */
    private void isolate(Work work, RuntimeException e) {
        if (work.items().size() > 1) {
            stages.split(work);
        } else {
            stages.failed(work, FailureCause.CATEGORIZER_ERROR, "the categorizer failed: " + describe(e));
        }
    }

    /** Not its message: that may quote the text. */
    private static String describe(RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return e.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}

package dev.pigeonhole.core.job;

import dev.pigeonhole.core.FailureCause;
import dev.pigeonhole.core.Item;
import dev.pigeonhole.core.Outcome;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Categorizer;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.PermanentCategorizerException;
import dev.pigeonhole.core.categorize.RetryPolicy;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The second stage, N times: sub-batches into outcomes. Each runs in a thread of its own. */
final class Caller implements Runnable {
    private final Categorizer categorizer;
    private final Set<String> labels;
    private final boolean allowUnmatched;
    private final RetryPolicy retries;
    private final Stages stages;

    Caller(Categorizer categorizer, Set<String> labels, boolean allowUnmatched, RetryPolicy retries, Stages stages) {
        this.categorizer = categorizer;
        this.labels = labels;
        this.allowUnmatched = allowUnmatched;
        this.retries = retries;
        this.stages = stages;
    }

    @Override
    public void run() {
        for (Optional<Work> work = stages.take(); work.isPresent(); work = stages.take()) {
            call(work.get().afterAttempt());
        }
        if (Thread.currentThread().isInterrupted()) {
            // The queue hands out nothing more then; the reader must not wait for it.
            stages.pause(PauseReason.USER, "a thread of the job was interrupted");
        }
    }

    private void call(Work work) {
        long begin = System.nanoTime();
        try {
            stages.answered(work, ask(work.items()), begin);
        } catch (TransientCategorizerException e) {
            retryOrGiveUp(work, e);
        } catch (PermanentCategorizerException e) {
            stages.failed(work, e.failure(), e.getMessage());
        } catch (JobPausedException e) {
            stages.pause(e.reason(), e.getMessage());
        } catch (RuntimeException e) {
            isolate(work, e);
        }
    }

    private List<Outcome> ask(List<Item> items) {
        stages.callBegins();
        try {
            return checked(items, categorizer.categorize(items));
        } finally {
            stages.callEnds();
        }
    }

    /** Never trusts an adapter: one outcome per item, and no label that is not in the taxonomy. */
    private List<Outcome> checked(List<Item> items, List<Outcome> outcomes) {
        if (outcomes.size() != items.size()) {
            throw new PermanentCategorizerException(
                    FailureCause.WRONG_IDS,
                    "the categorizer gave " + outcomes.size() + " outcomes for " + items.size() + " items",
                    null);
        }
        List<Outcome> checked = new ArrayList<>(outcomes.size());
        outcomes.forEach(outcome -> checked.add(checked(outcome)));
        return checked;
    }

    private Outcome checked(@Nullable Outcome outcome) {
        if (outcome == null) {
            return new Outcome.Failed(FailureCause.BAD_ANSWER, "the categorizer gave no outcome for the row");
        }
        if (outcome instanceof Outcome.Categorized c && !labels.contains(c.category())) {
            return new Outcome.Failed(
                    FailureCause.UNKNOWN_CATEGORY, "the answer is not one of the " + labels.size() + " categories");
        }
        if (outcome instanceof Outcome.Unmatched && !allowUnmatched) {
            return new Outcome.Failed(
                    FailureCause.UNKNOWN_CATEGORY, "the answer is that no category fits, which is not allowed here");
        }
        if (outcome instanceof Outcome.Skipped) {
            return new Outcome.Failed(FailureCause.BAD_ANSWER, "the categorizer skipped the row");
        }
        return outcome;
    }

    private void retryOrGiveUp(Work work, TransientCategorizerException e) {
        Optional<Duration> delay = retries.delay(work.attempts(), e);
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

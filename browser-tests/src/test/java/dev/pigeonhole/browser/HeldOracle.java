package dev.pigeonhole.browser;

import dev.pigeonhole.fakellm.Oracle;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Knows the truth, but says so only as often as it may: a job stands still where the test wants it to. Thread-safe. */
final class HeldOracle implements Oracle {
    private static final int ALL = Integer.MAX_VALUE / 2;

    private final Oracle truth;
    private final Semaphore answers = new Semaphore(ALL);

    HeldOracle(Oracle truth) {
        this.truth = truth;
    }

    /** Answers so many more questions; the next one waits. */
    void hold(int more) {
        answers.drainPermits();
        answers.release(more);
    }

    /** Answers all questions, those that wait too. */
    void letGo() {
        answers.drainPermits();
        answers.release(ALL);
    }

    @Override
    public String categoryOf(String text, List<String> categories) {
        try {
            answers.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the server of the test ends", e);
        }
        return truth.categoryOf(text, categories);
    }
}

package dev.pigeonhole.llm;

import dev.pigeonhole.llm.lane.Intervals;
import dev.pigeonhole.llm.lane.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A submission that is not over, and what this run knows of it beyond what is durable. Not thread-safe. */
final class UnderWay {
    private final Intervals intervals;
    private Submission submission;
    private Instant due;
    private int looks;
    private @Nullable BatchState state;

    /** Whether an earlier run has made it. */
    final boolean ofEarlierRun;
    /** Whether this run has uploaded the file itself, so that the provider cannot have lost it meanwhile. */
    boolean uploadedNow;

    boolean cancelAsked;
    /** Whether the end of the lane's time has shortened the wait already. */
    boolean hurried;
    /** Looks through the provider's list, since the batch may have been made, that did not find it. */
    int searches;
    /** Whether a batch may have been made without our knowing; so after a sudden end. */
    boolean mayBeMade = true;
    /** Downloads that broke off. */
    int brokenReads;
    /** Looks since the batch is over that found no files yet. */
    int waitsForFiles;

    UnderWay(Submission submission, boolean ofEarlierRun, Intervals intervals, Instant now) {
        this.submission = submission;
        this.ofEarlierRun = ofEarlierRun;
        this.intervals = intervals;
        this.due = now;
    }

    Submission submission() {
        return submission;
    }

    Submission.Stage stage() {
        return submission.stage();
    }

    /** A step was taken, so that there is no reason to wait for the next. */
    void becomes(Submission next, Instant now) {
        if (next.stage() != submission.stage()) {
            looks = 0;
            due = now;
        }
        submission = next;
    }

    /** Whether its state, as one that was put back from a copy, may be older than its batch: nobody has searched for that yet. */
    boolean isUnsure() {
        return ofEarlierRun && searches == 0 && submission.stage().compareTo(Submission.Stage.CREATING) < 0;
    }

    boolean isDue(Instant now) {
        return !now.isBefore(due);
    }

    Instant due() {
        return due;
    }

    /** Nothing new: the next look is later. */
    void waits(Instant now, Duration atLeast) {
        Duration next = intervals.after(looks++);
        due = now.plus(next.compareTo(atLeast) >= 0 ? next : atLeast);
    }

    void waits(Instant now) {
        waits(now, Duration.ZERO);
    }

    /** Once, a look now, and then as often as in the beginning. */
    void hurries(Instant now) {
        if (hurried) {
            return;
        }
        hurried = true;
        looks = 0;
        due = now;
    }

    void sees(BatchState now) {
        state = now;
    }

    /** How the batch stood when it was looked at last. */
    Optional<BatchState> state() {
        BatchState seen = state;
        return seen == null ? Optional.empty() : Optional.of(seen);
    }

    long answered() {
        BatchState seen = state;
        return seen == null ? 0 : seen.completed();
    }
}

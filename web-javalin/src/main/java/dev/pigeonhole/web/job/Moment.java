package dev.pigeonhole.web.job;

import dev.pigeonhole.core.MissingKeyException;
import dev.pigeonhole.core.Money;
import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.PigeonholeException;
import dev.pigeonhole.core.checkpoint.Counts;
import dev.pigeonhole.core.checkpoint.JobLockedException;
import dev.pigeonhole.core.checkpoint.JobRecord;
import dev.pigeonhole.core.checkpoint.JobState;
import dev.pigeonhole.core.job.Progress;
import dev.pigeonhole.core.ledger.Bill;
import dev.pigeonhole.workspace.Eta;
import dev.pigeonhole.workspace.JobOptions;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A job at one moment. Immutable.
 *
 * @param options how it was asked for; empty if it was begun by another program
 * @param error why it could not be run the last time this was tried here
 * @param progress of the run that is under way here
 * @param rate rows in a second, if it runs
 * @param waitingFor why calls wait now
 * @param cap the most that it may cost
 */
record Moment(
        JobRecord job,
        Optional<JobOptions> options,
        Phase phase,
        Optional<PigeonholeException> error,
        Figures figures,
        Optional<Progress> progress,
        Eta.Left left,
        OptionalDouble rate,
        Optional<Waiting> waitingFor,
        Optional<Money> cap,
        Instant updated) {
    private static final String KEY_MISSING = "KEY_MISSING";

    /** The same with other things that a store says. */
    Moment with(JobRecord now, Figures others) {
        return new Moment(now, options, phase, error, others, progress, left, rate, waitingFor, cap, updated);
    }

    /** Whether another process runs it. */
    boolean elsewhere() {
        return phase == Phase.IDLE && job.state() == JobState.RUNNING;
    }

    Status status() {
        return switch (phase) {
            case QUEUED -> Status.QUEUED;
            case RUNNING -> Status.RUNNING;
            case PAUSING -> Status.PAUSING;
            case IDLE -> resting();
        };
    }

    private Status resting() {
        boolean refused = error.filter(e -> !(e instanceof JobLockedException) && !(e instanceof MissingKeyException))
                .isPresent();
        return refused && !job.state().isFinished() && job.state() != JobState.RUNNING
                ? Status.FAILED
                : Status.of(job.state());
    }

    /** Why it waits, if it does. */
    Optional<PauseReason> reason() {
        return status() == Status.PAUSED && !lacksKey() ? job.reason() : Optional.empty();
    }

    /** The reason as pages are told it. */
    Optional<String> reasonName() {
        return status() == Status.PAUSED && lacksKey() ? Optional.of(KEY_MISSING) : reason().map(Enum::name);
    }

    private boolean lacksKey() {
        return error.filter(MissingKeyException.class::isInstance).isPresent();
    }

    String message() {
        if (phase != Phase.IDLE || job.state() == JobState.RUNNING) {
            return "";
        }
        return error.map(PigeonholeException::getMessage).orElse(job.message());
    }

    Allowed allowed() {
        return new Allowed(
                status(),
                elsewhere(),
                options.isPresent(),
                reason().filter(reason -> reason == PauseReason.CANCELLED).isPresent(),
                figures.unpublished() > 0,
                figures.retryable() > 0);
    }

    /** Whether the engine's own numbers are the newest. */
    private boolean isRunningHere() {
        return progress.isPresent() && (phase == Phase.RUNNING || phase == Phase.PAUSING);
    }

    Counts counts() {
        return isRunningHere() ? progress.orElseThrow().counts() : figures.counts();
    }

    Bill bill() {
        return isRunningHere() ? progress.orElseThrow().bill() : figures.bill();
    }

    long batchesDone() {
        return isRunningHere() ? progress.orElseThrow().batches() : figures.batches();
    }

    long rows() {
        return job.plan().profile().rows();
    }

    /** Rows without an outcome. */
    long waiting() {
        return Math.max(0, rows() - counts().total());
    }

    /** What it is called. */
    String title() {
        return job.plan().name().isEmpty() ? file() : job.plan().name();
    }

    /** The name of its input, as a person knows it. */
    String file() {
        return job.plan()
                .launch()
                .getOrDefault("file", String.valueOf(job.plan().input().getFileName()));
    }
}

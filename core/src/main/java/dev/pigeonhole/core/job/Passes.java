package dev.pigeonhole.core.job;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Conversation;
import dev.pigeonhole.core.categorize.JobPausedException;
import dev.pigeonhole.core.categorize.Lane;
import dev.pigeonhole.core.categorize.LaneStatus;
import dev.pigeonhole.core.categorize.NotSentException;
import dev.pigeonhole.core.categorize.Pass;
import dev.pigeonhole.core.categorize.Shortlist;
import dev.pigeonhole.core.categorize.TransientCategorizerException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All ways through the rows that a run makes: the conversation names them, and each of them goes through the lane first, if there is
 * one. For the thread that runs the job.
 */
final class Passes {
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration TELL = Duration.ofSeconds(30);

    private final RunContext context;
    private final Conversation conversation;
    private final RunControl control;
    private final RunFigures figures;
    private boolean begun;
    private boolean complete;
    private boolean interrupted;

    Passes(RunContext context, Conversation conversation, RunControl control) {
        this.context = context;
        this.conversation = conversation;
        this.control = control;
        this.figures = new RunFigures(context.lease().counts().total());
    }

    /**
     * What is known when all passes have ended.
     *
     * @param complete whether every row is in a batch file
     * @param calls sub-batches answered or given up
     * @param shortlist as {@link Conversation#shortlist}
     * @param pause why the job was asked to wait; it has to only if it is not complete
     * @param interrupted whether the thread was interrupted meanwhile; its flag is not set any more
     */
    record Result(
            boolean complete,
            long calls,
            long retries,
            Optional<Shortlist> shortlist,
            Report.@Nullable Pause pause,
            boolean interrupted) {}

    /** Blocks until all rows have an outcome, or the job has to wait. */
    Result run() {
        int made = 0;
        Optional<Pass> pass = next(made);
        while (pass.isPresent() && !control.isStopping()) {
            throughLane(pass.get());
            run(pass.get(), conversation);
            made++;
            // A pass that is complete may be the last one even if the job is to wait.
            pass = complete || !control.isStopping() ? next(made) : pass;
        }
        return new Result(
                complete && pass.isEmpty(),
                figures.calls,
                figures.retries,
                conversation.shortlist(),
                control.pause().orElse(null),
                interrupted);
    }

    private Optional<Pass> next(int made) {
        return guarded(() -> conversation.nextPass(made)).orElse(Optional.of(Pass.rest()));
    }

    /** Empty if the job has to wait: then {@link RunControl} knows why. */
    private <T> Optional<T> guarded(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (JobPausedException e) {
            control.pause(e.reason(), e.getMessage());
        } catch (TransientCategorizerException e) {
            control.pause(PauseReason.PROVIDER_UNAVAILABLE, e.getMessage());
        } catch (NotSentException e) {
            control.pause(PauseReason.USER, e.getMessage());
        } finally {
            noteInterrupt();
        }
        return Optional.empty();
    }

    /** The flag is handed back at the very end: it would close the files that have to be written yet. */
    private void noteInterrupt() {
        if (Thread.interrupted()) {
            interrupted = true;
            control.pause(PauseReason.USER, "the thread that runs the job was interrupted");
        }
    }

    private void run(Pass pass, Conversation face) {
        if (control.isStopping()) {
            return;
        }
        Engine engine = new Engine(context, face, pass, !begun, figures);
        begun = true;
        control.begins(engine);
        Engine.Result result = engine.run();
        interrupted |= result.interrupted();
        complete = result.complete();
        control.ended(result.pause());
    }

    // ---- the lane

    private void throughLane(Pass pass) {
        Lane lane = conversation.lane().orElse(null);
        while (lane != null && !control.isStopping()) {
            AskedTexts texts =
                    new AskedTexts(context.lease().job().plan().profile().rows());
            run(LanePasses.collecting(pass, lane, texts), new LaneFace(conversation, lane));
            deliver(lane);
            if (!lane.wantsMore()) {
                return;
            }
        }
    }

    /** Waits until nothing is under way any more; what has come is recorded meanwhile. */
    private void deliver(Lane lane) {
        LaneStatus told = LaneStatus.NONE;
        long toldAt = System.nanoTime();
        while (!control.isStopping()) {
            Lane.Delivery delivery = guarded(() -> lane.await(LOOK)).orElse(new Lane.Delivery.Done());
            if (delivery instanceof Lane.Delivery.Done) {
                return;
            }
            if (delivery instanceof Lane.Delivery.Arrived arrived) {
                run(LanePasses.delivered(arrived), conversation);
            }
            conversation.warnings().forEach(warning -> context.listener().on(new JobEvent.Notice(warning)));
            LaneStatus status = lane.status();
            if (!status.equals(told) || System.nanoTime() - toldAt > TELL.toNanos()) {
                context.listener().on(new JobEvent.Waiting(status));
                told = status;
                toldAt = System.nanoTime();
            }
        }
    }
}

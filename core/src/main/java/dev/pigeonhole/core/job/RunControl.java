package dev.pigeonhole.core.job;

import dev.pigeonhole.core.PauseReason;
import dev.pigeonhole.core.categorize.Conversation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a run is asked to stop: from any thread, within a pass and between two. Thread-safe. */
final class RunControl {
    private final Conversation conversation;
    private @Nullable Engine engine;
    private Report.@Nullable Pause pause;

    RunControl(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Sends nothing more; the run ends when the calls in flight are recorded. The first reason holds. */
    void pause(PauseReason reason, String message) {
        Engine running;
        synchronized (this) {
            if (pause == null) {
                pause = new Report.Pause(reason, message);
            }
            running = engine;
        }
        conversation.stop();
        if (running != null) {
            running.pause(reason, message);
        }
    }

    /** A pass begins. If the run is to stop, it sends nothing. */
    void begins(Engine pass) {
        Report.Pause asked;
        synchronized (this) {
            engine = pass;
            asked = pause;
        }
        if (asked != null) {
            pass.pause(asked.reason(), asked.message());
        }
    }

    /** A pass has ended, and perhaps the run is to stop for its reason. */
    synchronized void ended(Report.@Nullable Pause reason) {
        engine = null;
        if (pause == null) {
            pause = reason;
        }
    }

    synchronized boolean isStopping() {
        return pause != null;
    }

    synchronized Optional<Report.Pause> pause() {
        return Optional.ofNullable(pause);
    }
}

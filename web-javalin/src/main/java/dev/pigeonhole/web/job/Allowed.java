package dev.pigeonhole.web.job;

import java.util.EnumSet;
import java.util.Set;

/**
 * What decides which actions a job allows. Immutable.
 *
 * @param elsewhere whether another process runs it
 * @param known whether it was asked for in a way that can be taken up here
 * @param unpublished whether people said something that is not in the output
 * @param cancelled whether it was given up already
 * @param retryable whether rows have failed that can be asked again
 */
record Allowed(
        Status status, boolean elsewhere, boolean known, boolean cancelled, boolean unpublished, boolean retryable) {

    /** The actions, in the order in which they are shown. */
    Set<Action> actions() {
        EnumSet<Action> actions = elsewhere ? EnumSet.noneOf(Action.class) : steering();
        if (known) {
            actions.addAll(EnumSet.of(Action.DOWNLOAD, Action.REVIEW, Action.AGAIN));
        } else {
            actions.retainAll(EnumSet.of(Action.DELETE));
        }
        return actions;
    }

    private EnumSet<Action> steering() {
        return switch (status) {
            case QUEUED, RUNNING -> EnumSet.of(Action.PAUSE, Action.CANCEL);
            case PAUSING -> EnumSet.of(Action.CANCEL);
            case PAUSED, FAILED, INTERRUPTED -> stopped();
            case COMPLETED, COMPLETED_WITH_FAILURES -> finished();
        };
    }

    private EnumSet<Action> stopped() {
        EnumSet<Action> actions = EnumSet.of(Action.RESUME, Action.CANCEL, Action.DELETE);
        if (cancelled) {
            actions.remove(Action.CANCEL);
        }
        return actions;
    }

    private EnumSet<Action> finished() {
        EnumSet<Action> actions = EnumSet.of(Action.DELETE);
        if (unpublished) {
            actions.add(Action.PUBLISH);
        }
        if (retryable && status == Status.COMPLETED_WITH_FAILURES) {
            actions.add(Action.RETRY);
        }
        return actions;
    }
}

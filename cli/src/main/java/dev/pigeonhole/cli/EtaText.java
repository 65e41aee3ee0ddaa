package dev.pigeonhole.cli;

import dev.pigeonhole.core.job.Progress;
import dev.pigeonhole.workspace.Eta;

/** How long a job will take yet, in words; nothing where nothing can be said. Not thread-safe. */
final class EtaText {
    private final Eta eta;

    EtaText(int subBatchSize) {
        this.eta = new Eta(subBatchSize);
    }

    /** What to show: a time, what is known instead of one, or nothing. Call it once for every progress that comes. */
    String of(Progress progress) {
        Eta.Left left = eta.left(progress);
        if (left instanceof Eta.Left.Silence silence) {
            return "no answer for " + silence.since().toSeconds() + " s";
        } else if (left instanceof Eta.Left.Calls calls) {
            return calls.done() + " of " + calls.total() + " calls";
        } else if (left instanceof Eta.Left.Time time) {
            return rounded(time.time().toNanos() / 1e9);
        }
        return "";
    }

    private static String rounded(double seconds) {
        if (seconds < 55) {
            return Math.max(10, Math.round(seconds / 10) * 10) + " s left";
        } else if (seconds < 570) {
            return Math.max(1, Math.round(seconds / 60)) + " min left";
        } else if (seconds < 24 * 3600) {
            long minutes = Math.round(seconds / 300) * 5;
            String hours = minutes < 60 ? "" : minutes / 60 + " h ";
            return "about " + hours + (minutes % 60 == 0 ? "" : minutes % 60 + " min ") + "left";
        }
        return "";
    }
}

package dev.pigeonhole.workspace;

import dev.pigeonhole.core.job.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long a job will take yet; nothing where nothing can be said. Counts calls, not rows, because a call is what takes time. Not
 * thread-safe.
 */
public final class Eta {
    private static final int LEAST_CALLS = 3;
    private static final int LEAST_TOTAL = 20;
    private static final double MOST_DIFFERENCE = 0.2;
    private static final Duration LEAST_SILENCE = Duration.ofSeconds(30);
    private static final int SILENT_CALLS = 6;
    private static final int SAMPLES = 64;

    /** What can be said. */
    public sealed interface Left {
        /** Nothing is left to do. */
        record Nothing() implements Left {}

        /** Too little is known for a time. */
        record Calls(long done, long total) implements Left {}

        /** No answer has come for unusually long. */
        record Silence(Duration since) implements Left {}

        /** About this long. */
        record Time(Duration time) implements Left {}
    }

    private record Sample(long calls, Duration at) {}

    private final int subBatchSize;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** @param subBatchSize items in a call */
    public Eta(int subBatchSize) {
        this.subBatchSize = subBatchSize;
    }

    /**
     * What is left. Call it once for every progress that comes.
     */
    public Left left(Progress progress) {
        long left = (progress.left() + subBatchSize - 1) / subBatchSize;
        long total = progress.calls() + left;
        sample(progress, window(progress, total));
        if (progress.left() == 0) {
            return new Left.Nothing();
        } else if (isSilent(progress)) {
            return new Left.Silence(progress.sinceLast());
        } else if (progress.calls() < LEAST_CALLS || total < LEAST_TOTAL) {
            return new Left.Calls(progress.calls(), total);
        }
        double seconds = total < 12L * progress.concurrency() ? fewCalls(progress, left) : byRate(progress, left);
        return new Left.Time(Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    private static boolean isSilent(Progress progress) {
        Duration patience = progress.meanCall().multipliedBy(SILENT_CALLS);
        Duration limit = patience.compareTo(LEAST_SILENCE) > 0 ? patience : LEAST_SILENCE;
        return progress.inFlight() > 0 && progress.sinceLast().compareTo(limit) > 0;
    }

    /** With few calls a place, the last ones run half empty: count places, not a rate. */
    private static double fewCalls(Progress progress, long left) {
        double open = Math.min(progress.inFlight(), left);
        double calls = (left - open) + open / 2 + Math.min(progress.concurrency(), left) / 2.0;
        return calls * seconds(progress.meanCall()) / progress.concurrency();
    }

    private double byRate(Progress progress, long left) {
        double overall = progress.calls() / seconds(progress.elapsed());
        double recent = recentRate(progress);
        boolean changed = Math.abs(recent - overall) > MOST_DIFFERENCE * overall;
        return left / (changed ? recent : overall);
    }

    /** The number of calls whose rate is the recent one. */
    private static long window(Progress progress, long total) {
        return Math.max(3L * progress.concurrency(), total * 15 / 100);
    }

    /** Keeps no more samples than a rate needs, however long the job is. */
    private void sample(Progress progress, long window) {
        Sample last = samples.peekLast();
        if (last == null || progress.calls() - last.calls() >= Math.max(1, window / SAMPLES)) {
            samples.addLast(new Sample(progress.calls(), progress.elapsed()));
        }
        while (samples.size() > 2 && progress.calls() - samples.getFirst().calls() > window) {
            samples.removeFirst();
        }
    }

    private double recentRate(Progress progress) {
        Sample first = samples.getFirst();
        double elapsed = seconds(progress.elapsed().minus(first.at()));
        return elapsed <= 0 || progress.calls() == first.calls()
                ? progress.calls() / seconds(progress.elapsed())
                : (progress.calls() - first.calls()) / elapsed;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}

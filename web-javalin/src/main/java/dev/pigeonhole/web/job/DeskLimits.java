package dev.pigeonhole.web.job;

/**
 * How much a desk takes on at once. Immutable.
 *
 * @param running jobs that run at the same time, at least 1
 * @param queued jobs that wait for their turn, at least 0
 * @param streams open event streams, at least 1
 */
public record DeskLimits(int running, int queued, int streams) {
    public DeskLimits {
        if (running < 1 || queued < 0 || streams < 1) {
            throw new IllegalArgumentException(running + " running, " + queued + " queued, " + streams + " streams");
        }
    }

    /** 2 running, 20 queued, 50 streams. */
    public static DeskLimits usual() {
        return new DeskLimits(2, 20, 50);
    }
}

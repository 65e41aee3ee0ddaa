package dev.pigeonhole.fakellm;

import java.time.Duration;
import java.util.Objects;

/**
 * How the batch lane works. Immutable. Its time can be put forward, see {@link FakeLlm#advanceBatches}; a batch moves on when
 * somebody looks at it.
 *
 * @param delay from the creation of a batch until its first request is worked on
 * @param requestsPerSecond how fast the requests of a batch are worked on from then on; 0 for all of them at once
 * @param window from its creation until a batch expires
 * @param enqueuedTokens most tokens of prompts in batches of one model that are not over; 0 for any number
 * @param underWay most batches that are not over; 0 for any number
 * @param mostRequests in one batch
 * @param mostBytes of its file
 * @param eachStateSeen whether each look moves a batch by one state at most, so that a client sees all of them
 */
public record BatchSettings(
        Duration delay,
        double requestsPerSecond,
        Duration window,
        long enqueuedTokens,
        int underWay,
        int mostRequests,
        long mostBytes,
        boolean eachStateSeen) {
    /** No delay, no limits but those of the real service: 50,000 requests and 200 MB a batch, 24 hours. */
    public static final BatchSettings USUAL =
            new BatchSettings(Duration.ZERO, 0, Duration.ofHours(24), 0, 0, 50_000, 200_000_000, false);

    /** @throws IllegalArgumentException if a number is negative */
    public BatchSettings {
        Objects.requireNonNull(delay, "delay");
        Objects.requireNonNull(window, "window");
        if (delay.isNegative() || !(requestsPerSecond >= 0) || enqueuedTokens < 0 || underWay < 0) {
            throw new IllegalArgumentException("a delay of " + delay + ", " + requestsPerSecond + " requests a second, "
                    + enqueuedTokens + " enqueued tokens, " + underWay + " batches under way");
        }
    }

    public BatchSettings withDelay(Duration time) {
        return new BatchSettings(
                time, requestsPerSecond, window, enqueuedTokens, underWay, mostRequests, mostBytes, eachStateSeen);
    }

    /** Nothing is worked on until {@link FakeLlm#finishBatches} is called. */
    public BatchSettings held() {
        return withDelay(Duration.ofDays(10_000));
    }

    public BatchSettings withRequestsPerSecond(double requests) {
        return new BatchSettings(
                delay, requests, window, enqueuedTokens, underWay, mostRequests, mostBytes, eachStateSeen);
    }

    public BatchSettings withWindow(Duration time) {
        return new BatchSettings(
                delay, requestsPerSecond, time, enqueuedTokens, underWay, mostRequests, mostBytes, eachStateSeen);
    }

    public BatchSettings withEnqueuedTokens(long tokens) {
        return new BatchSettings(
                delay, requestsPerSecond, window, tokens, underWay, mostRequests, mostBytes, eachStateSeen);
    }

    public BatchSettings withUnderWay(int batches) {
        return new BatchSettings(
                delay, requestsPerSecond, window, enqueuedTokens, batches, mostRequests, mostBytes, eachStateSeen);
    }

    public BatchSettings withMost(int requests, long bytes) {
        return new BatchSettings(
                delay, requestsPerSecond, window, enqueuedTokens, underWay, requests, bytes, eachStateSeen);
    }

    public BatchSettings withEachStateSeen() {
        return new BatchSettings(
                delay, requestsPerSecond, window, enqueuedTokens, underWay, mostRequests, mostBytes, true);
    }

    /** How many of a batch's requests are worked on at this age. */
    int due(Duration age, int requests) {
        Duration working = age.minus(delay);
        if (working.isNegative()) {
            return 0;
        }
        return requestsPerSecond == 0
                ? requests
                : (int) Math.min(requests, working.toNanos() / 1e9 * requestsPerSecond);
    }
}

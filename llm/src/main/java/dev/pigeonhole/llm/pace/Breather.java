package dev.pigeonhole.llm.pace;

import java.time.Duration;

/**
 * A short rest for all calls when the server's own bucket turns out to be empty, so that it fills a little: pacing just below the
 * limit would keep it empty. Calls that were sent before the rest ended prolong nothing. Rests grow while they do not help. Not
 * thread-safe.
 */
final class Breather {
    private static final long SHORTEST = Duration.ofMillis(100).toNanos();
    private static final long LONGEST = Duration.ofMillis(6_400).toNanos();
    private static final long BETWEEN_WARNINGS = Duration.ofSeconds(1).toNanos();

    private long until;
    /** An answer to a call sent from here on shows that the last rest helped. */
    private long helpsFrom;

    private long length = SHORTEST;

    long waitNanos(long now) {
        return Math.max(0, until - now);
    }

    /** A call met the limit; tells whether that began a rest. */
    boolean limited(long now, long sentAt) {
        if (sentAt < until) {
            return false;
        }
        boolean helped = sentAt - until > length; // Answers may take long to show it.
        length = helped ? SHORTEST : length;
        helpsFrom = until;
        until = now + length;
        length = Math.min(LONGEST, length * 2);
        return true;
    }

    /** A call was answered, and took the last there was. */
    void warned(long now, long sentAt) {
        length = SHORTEST;
        if (sentAt >= until && now - until >= BETWEEN_WARNINGS) {
            until = now + SHORTEST;
        }
    }

    void answered(long sentAt) {
        if (sentAt >= helpsFrom) {
            length = SHORTEST;
        }
    }
}

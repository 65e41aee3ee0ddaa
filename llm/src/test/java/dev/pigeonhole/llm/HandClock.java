package dev.pigeonhole.llm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;

/** Goes on only when somebody rests. */
final class HandClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void passes(Duration time) {
        now = now.plus(time);
    }

    /** A rest that takes no time but on this clock. */
    void rest(Duration atMost, CountDownLatch stopped) {
        passes(atMost);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}

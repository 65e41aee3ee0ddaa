package dev.pigeonhole.llm;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Spreads requests over several names for the provider's cache: one name serves about fifteen requests a minute well. Thread-safe.
 */
final class Shards {
    private static final int REQUESTS_PER_SHARD = 15;
    private static final int MOST = 64;

    private final int count;
    private final AtomicInteger next = new AtomicInteger();

    Shards(OptionalInt rpm) {
        int needed = (rpm.orElse(1) - 1) / REQUESTS_PER_SHARD + 1;
        this.count = Math.min(MOST, needed);
    }

    int next() {
        return Math.floorMod(next.getAndIncrement(), count);
    }
}

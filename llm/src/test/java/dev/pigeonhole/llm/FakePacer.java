package dev.pigeonhole.llm;

import dev.pigeonhole.core.categorize.NotSentException;
import dev.pigeonhole.llm.pace.Pacer;
import dev.pigeonhole.llm.pace.RateLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets everybody through at once, and notes how permits end. Thread-safe. */
final class FakePacer implements Pacer {
    final List<String> ends = new CopyOnWriteArrayList<>();
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();

    @Override
    public Permit acquire(long tokens) {
        if (stopped.get()) {
            throw new NotSentException();
        }
        given.incrementAndGet();
        return new FakePermit();
    }

    @Override
    public int held() {
        return 7;
    }

    @Override
    public void stop() {
        stopped.set(true);
    }

    int open() {
        return given.get() - ends.size();
    }

    private final class FakePermit implements Permit {
        private final AtomicBoolean ended = new AtomicBoolean();

        private void end(String how) {
            if (!ended.compareAndSet(false, true)) {
                throw new AssertionError("a permit ended twice");
            }
            ends.add(how);
        }

        @Override
        public void answered(long tokens, RateLimits limits, Duration took) {
            end("answered " + tokens);
        }

        @Override
        public void limited(RateLimits limits) {
            end("limited");
        }

        @Override
        public void failed(RateLimits limits) {
            end("failed");
        }

        @Override
        public void released() {
            end("released");
        }
    }
}

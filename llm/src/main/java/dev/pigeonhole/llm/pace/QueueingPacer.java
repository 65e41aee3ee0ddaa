package dev.pigeonhole.llm.pace;

import dev.pigeonhole.core.categorize.NotSentException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Lets calls wait in a queue, first come, first served, in front of a {@link Turnstile}. Only the first of the queue watches the
 * clock, and every event wakes the first only: hundreds who wait cost nothing. Thread-safe.
 */
final class QueueingPacer implements Pacer {
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Condition> queue = new ArrayDeque<>();
    private final Turnstile turnstile;
    private final LongSupplier nanoClock;
    private final long origin;
    private boolean stopped;

    QueueingPacer(Turnstile turnstile, LongSupplier nanoClock) {
        this.turnstile = turnstile;
        this.nanoClock = nanoClock;
        this.origin = nanoClock.getAsLong();
    }

    @Override
    public Permit acquire(long tokens) {
        if (tokens < 0) {
            throw new IllegalArgumentException("tokens are at least 0, were " + tokens);
        }
        lock.lock();
        try {
            Condition turn = lock.newCondition();
            queue.addLast(turn);
            try {
                return waitFor(turn, tokens);
            } finally {
                queue.removeFirstOccurrence(turn);
                wakeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    private Permit waitFor(Condition turn, long tokens) {
        while (!stopped) {
            long wait = Turnstile.UNTIL_CHANGE;
            if (queue.peekFirst() == turn) {
                long now = now();
                wait = turnstile.waitNanos(now, tokens);
                if (wait == 0) {
                    return new OnePermit(turnstile.take(now, tokens));
                }
            }
            await(turn, wait);
        }
        throw new NotSentException();
    }

    @SuppressWarnings("WaitNotInLoop") // The loop is in waitFor(), which looks at everything anew.
    private void await(Condition turn, long nanos) {
        try {
            if (nanos == Turnstile.UNTIL_CHANGE) {
                turn.await();
            } else {
                turn.await(nanos, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            // The engine interrupts nobody. If somebody else does: this call is not sent, and they can see it.
            Thread.currentThread().interrupt();
            throw new NotSentException();
        }
    }

    @Override
    public int held() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            queue.forEach(Condition::signal);
        } finally {
            lock.unlock();
        }
    }

    private void wakeFirst() {
        Condition first = queue.peekFirst();
        if (first != null) {
            first.signal();
        }
    }

    private long now() {
        return nanoClock.getAsLong() - origin;
    }

    private final class OnePermit implements Permit {
        private final Turnstile.Pass pass;
        private boolean ended;

        OnePermit(Turnstile.Pass pass) {
            this.pass = pass;
        }

        @Override
        public void answered(long tokens, RateLimits limits, Duration took) {
            end(() -> turnstile.answered(pass, now(), tokens, limits, took));
        }

        @Override
        public void limited(RateLimits limits) {
            end(() -> turnstile.limited(pass, now(), limits));
        }

        @Override
        public void failed(RateLimits limits) {
            end(() -> turnstile.failed(pass, now(), limits));
        }

        @Override
        public void released() {
            end(() -> turnstile.released(pass, now()));
        }

        private void end(Runnable how) {
            lock.lock();
            try {
                if (ended) {
                    throw new IllegalStateException("this permit has ended before");
                }
                ended = true;
                how.run();
                wakeFirst();
            } finally {
                lock.unlock();
            }
        }
    }
}

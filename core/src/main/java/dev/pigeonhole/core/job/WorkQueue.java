package dev.pigeonhole.core.job;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sub-batches that wait for a caller: new ones in order, and failed ones until their time has come. A waiting retry holds no
 * caller. Bounded by the {@link Window}. Thread-safe.
 */
final class WorkQueue {
    private record Delayed(Work work, long dueNanos) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Work> ready = new ArrayDeque<>();
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>(Comparator.comparingLong(Delayed::dueNanos));
    private final long origin = System.nanoTime();
    private int open;
    private boolean complete;
    private boolean stopped;

    void add(Work work) {
        lock.lock();
        try {
            open++;
            ready.add(work);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Adds work before all other: its neighbours have their answers, and wait for it. */
    void addFirst(Work work) {
        lock.lock();
        try {
            open++;
            ready.addFirst(work);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Puts work back that was taken, for later. */
    void addLater(Work work, Duration delay) {
        lock.lock();
        try {
            delayed.add(new Delayed(work, now() + delay.toNanos()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One that was taken needs no caller any more. */
    void done() {
        lock.lock();
        try {
            open--;
            if (open == 0) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** No new work will come; what is here and what fails will still be handed out. */
    void complete() {
        lock.lock();
        try {
            complete = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Hands out nothing more. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is being worked on, or could be now. */
    boolean isIdle() {
        lock.lock();
        try {
            return open == delayed.size();
        } finally {
            lock.unlock();
        }
    }

    /** Work that waits for its next attempt. */
    int waiting() {
        lock.lock();
        try {
            return delayed.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for work. Empty when there will be none. */
    Optional<Work> take() {
        lock.lock();
        try {
            while (true) {
                if (stopped || (complete && open == 0)) {
                    return Optional.empty();
                }
                Delayed first = delayed.peek();
                long wait = first == null ? Long.MAX_VALUE : first.dueNanos() - now();
                if (first != null && wait <= 0) {
                    delayed.remove();
                    return Optional.of(first.work());
                }
                Work next = ready.poll();
                if (next != null) {
                    return Optional.of(next);
                }
                awaitChange(wait);
            }
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // The loop is in take(), which looks at everything anew.
    private void awaitChange(long nanos) {
        try {
            if (nanos == Long.MAX_VALUE) {
                changed.awaitUninterruptibly();
            } else {
                changed.await(nanos, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            // The engine interrupts nobody. If somebody else does: hand out nothing more, and let them see it.
            Thread.currentThread().interrupt();
            stopped = true;
            changed.signalAll();
        }
    }

    private long now() {
        return System.nanoTime() - origin;
    }
}
